package dev.banyan.whatsapp.session;

import module java.base;
import dev.banyan.whatsapp.SenderKey;
import org.apache.pekko.actor.DeadLetter;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.eventstream.EventStream;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/// All live entities of one kind, by key. An entity is created with its first message, stopped when it is idle, and
/// recreated when it dies. The design follows a shard of Pekko's Cluster Sharding, so that sharding can replace it
/// without changing the entities.
final class EntityRegion<C> extends AbstractBehavior<EntityRegion.Message<C>> {

    sealed interface Message<C> {

        record Tell<C>(SenderKey key, C command) implements Message<C> {}

        /// An entity reports that it is idle.
        record Idle<C>(SenderKey key, ActorRef<C> entity) implements Message<C> {}

        /// An entity has stopped.
        record Gone<C>(SenderKey key, ActorRef<C> entity) implements Message<C> {}

        /// A message to an entity that was dead, or died before processing it.
        record Lost<C>(DeadLetter letter) implements Message<C> {}
    }

    /// Creates entities.
    interface Birth<C> {

        /// @param idle called by the entity when it may be stopped
        Behavior<C> entity(SenderKey key, Consumer<ActorRef<C>> idle);
    }

    private final Birth<C> birth;
    private final C stop;
    private final Function<Object, Optional<Message.Tell<C>>> heir;
    private final Map<SenderKey, ActorRef<C>> live = new HashMap<>();
    /// Messages for entities that were just asked to stop. They are delivered to the successors after the entities have
    /// stopped, so that the order is kept.
    private final Map<SenderKey, List<C>> leaving = new HashMap<>();

    private EntityRegion(
            ActorContext<Message<C>> context,
            Birth<C> birth,
            C stop,
            Function<Object, Optional<Message.Tell<C>>> heir) {
        super(context);
        this.birth = birth;
        this.stop = stop;
        this.heir = heir;
        ActorRef<DeadLetter> letters = context.messageAdapter(DeadLetter.class, Message.Lost::new);
        context.getSystem().eventStream().tell(new EventStream.Subscribe<>(DeadLetter.class, letters));
    }

    /// @param stop the last message to an idle entity
    /// @param heir converts an undelivered message of a dead entity for its successor; empty if it may be lost
    static <C> Behavior<Message<C>> of(Birth<C> birth, C stop, Function<Object, Optional<Message.Tell<C>>> heir) {
        return Behaviors.setup(context -> new EntityRegion<>(context, birth, stop, heir));
    }

    @Override
    public Receive<Message<C>> createReceive() {
        return newReceiveBuilder().onAnyMessage(this::receive).build();
    }

    private Behavior<Message<C>> receive(Message<C> message) {
        switch (message) {
            case Message.Tell<C>(SenderKey key, C command) -> tell(key, command);
            case Message.Idle<C>(SenderKey key, ActorRef<C> entity) -> {
                if (entity.equals(live.get(key)) && leaving.putIfAbsent(key, new ArrayList<>()) == null) {
                    entity.tell(stop);
                }
            }
            case Message.Gone<C>(SenderKey key, ActorRef<C> entity) -> {
                live.remove(key, entity);
                Optional.ofNullable(leaving.remove(key)).ifPresent(told -> told.forEach(each -> tell(key, each)));
            }
            case Message.Lost<C>(DeadLetter letter) -> {
                if (letter.recipient()
                        .path()
                        .parent()
                        .equals(Adapter.toClassic(getContext().getSelf()).path())) {
                    heir.apply(letter.message()).ifPresent(told -> tell(told.key(), told.command()));
                }
            }
        }
        return this;
    }

    private void tell(SenderKey key, C command) {
        List<C> later = leaving.get(key);
        if (later == null) {
            live.computeIfAbsent(key, this::begin).tell(command);
        } else {
            later.add(command);
        }
    }

    private ActorRef<C> begin(SenderKey key) {
        ActorRef<Message<C>> region = getContext().getSelf();
        Behavior<C> entity = birth.entity(key, self -> region.tell(new Message.Idle<>(key, self)));
        ActorRef<C> begun = getContext()
                .spawnAnonymous(
                        Behaviors.supervise(entity).onFailure(RuntimeException.class, SupervisorStrategy.restart()));
        getContext().watchWith(begun, new Message.Gone<>(key, begun));
        return begun;
    }
}

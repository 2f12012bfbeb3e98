package dev.banyan.workspaces.inbox;

import module java.base;
import dev.banyan.whatsapp.session.ContactSignals;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.WorkspaceActor.Member;
import dev.banyan.workspaces.WorkspaceId;
import jakarta.inject.Singleton;

/// Shows contacts that agents type, at most once in ten seconds for each conversation.
@Singleton
final class AgentTyping {

    static final Duration EVERY = Duration.ofSeconds(10);
    private static final int MOST = 10_000;

    private record Place(WorkspaceId workspace, ConversationId thread) {}

    private final Inbox inbox;
    private final AnsweringNumbers numbers;
    private final ContactSignals signals;
    private final Clock clock;
    private final Map<Place, Instant> last = new ConcurrentHashMap<>();

    AgentTyping(Inbox inbox, AnsweringNumbers numbers, ContactSignals signals, Clock clock) {
        this.inbox = inbox;
        this.numbers = numbers;
        this.signals = signals;
        this.clock = clock;
    }

    /// @return whether it was passed on
    boolean types(Member member, ConversationId id) {
        if (!isDue(new Place(member.workspace().id(), id))) {
            return false;
        }
        return inbox.thread(member, id)
                .flatMap(thread -> thread.contact()
                        .flatMap(contact -> Optional.of(numbers.of(member.workspace(), thread))
                                .filter(answering -> !answering.isClosed())
                                .flatMap(AnsweringNumbers.Answering::current)
                                .map(sender -> {
                                    signals.typing(sender.tenant(), sender.id(), contact.address());
                                    return true;
                                })))
                .orElse(false);
    }

    private boolean isDue(Place place) {
        Instant now = clock.instant();
        if (last.size() >= MOST) {
            last.values().removeIf(at -> !at.plus(EVERY).isAfter(now));
        }
        Instant before = last.putIfAbsent(place, now);
        return before == null || !before.plus(EVERY).isAfter(now) && last.replace(place, before, now);
    }
}

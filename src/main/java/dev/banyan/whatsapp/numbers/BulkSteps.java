package dev.banyan.whatsapp.numbers;

import module java.base;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.whatsapp.Pause;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.changes.SenderChanges;
import dev.banyan.whatsapp.numbers.BulkSenders.Bulk;
import dev.banyan.whatsapp.numbers.BulkSenders.Row;

/// The operations of [BulkSenders] on single rows.
record BulkSteps(Senders senders, Tuning tuning) {

    /// The result of one operation.
    ///
    /// @param gone a removed sender, to be stopped after the commit
    record Answer(boolean ok, Optional<SenderId> sender, String text, Optional<Sender> gone) {

        private static Answer done(SenderId sender, String text) {
            return new Answer(true, Optional.of(sender), text, Optional.empty());
        }

        private static Answer refused(String text) {
            return new Answer(false, Optional.empty(), text, Optional.empty());
        }

        private static Answer refused(List<Invalid> invalid) {
            return refused(invalid.stream().map(Invalid::apiMessage).collect(Collectors.joining("; ")));
        }

        private static Answer refused(SenderId id, Refusal refusal) {
            return refusal instanceof Refusal.Rejected(List<Invalid> invalid)
                    ? refused(invalid)
                    : refused("Account " + id + " not found");
        }
    }

    interface Act {

        Answer on(SenderChanges.Change change);
    }

    record Step(int row, String subject, Act act) {}

    /// @param masters of a removal: the senders that are masters
    List<Step> of(Actor actor, Bulk bulk, boolean dryRun, Set<SenderId> masters) {
        return switch (bulk) {
            case Bulk.Add(List<Row> rows) ->
                rows.stream()
                        .map(row ->
                                new Step(row.number(), row.phone().strip(), change -> add(change, actor, row, dryRun)))
                        .toList();
            case Bulk.Move(List<SenderId> ids, SenderId master) ->
                steps(ids, id -> change -> move(change, actor, id, master));
            case Bulk.Tag(List<SenderId> ids, List<String> add, List<String> remove) ->
                steps(ids, id -> change -> tag(change, actor, id, add, remove));
            case Bulk.Hold(List<SenderId> ids, Optional<Pause> how) ->
                steps(ids, id -> change -> hold(change, actor, id, how));
            case Bulk.Remove(List<SenderId> ids) -> servantsFirst(steps(ids, id -> remove(actor, id)), masters);
        };
    }

    private interface ToEach {

        Act act(SenderId id);
    }

    private static List<Step> steps(List<SenderId> ids, ToEach toEach) {
        var steps = new ArrayList<Step>();
        new LinkedHashSet<>(ids).forEach(id -> steps.add(new Step(steps.size() + 1, id.value(), toEach.act(id))));
        return steps;
    }

    /// Orders servants before masters, which can be removed once their servants are gone.
    private static List<Step> servantsFirst(List<Step> steps, Set<SenderId> masters) {
        Set<String> last = masters.stream().map(SenderId::value).collect(Collectors.toSet());
        return Stream.of(false, true)
                .flatMap(master -> steps.stream().filter(step -> last.contains(step.subject()) == master))
                .toList();
    }

    private Answer add(SenderChanges.Change change, Actor actor, Row row, boolean dryRun) {
        var invalid = new ArrayList<Invalid>();
        TuningRequest wish = wish(row, invalid);
        invalid.addAll(TuningRequest.FIELDS.broken(wish));
        Optional<SenderId> master = SenderId.parse(row.master().strip());
        if (row.master().isBlank()) {
            invalid.add(new Invalid("master", "Master is required"));
        } else if (master.isEmpty()) {
            return Answer.refused("Master account " + row.master().strip() + " not found");
        }
        if (!invalid.isEmpty()) {
            return Answer.refused(invalid);
        }
        var wanted = new Senders.NewServant(master.orElseThrow(), row.phone(), row.name(), Optional.of(row.purpose()));
        return switch (senders.addServant(change, actor, wanted)) {
            case Senders.Added.Done(Sender servant) -> {
                tuning.tune(change, actor, servant.id(), wish);
                yield dryRun
                        ? new Answer(true, Optional.empty(), "can be added", Optional.empty())
                        : Answer.done(servant.id(), "added as " + servant.id());
            }
            case Senders.Added.MasterNotFound(SenderId id) -> Answer.refused("Master account " + id + " not found");
            case Senders.Added.PhoneInUse inUse ->
                Answer.refused("Phone number already in use by " + inUse.by().shownName());
            case Senders.Added.IdTaken _ -> Answer.refused("Account already exists");
            case Senders.Added.Rejected(List<Invalid> broken) -> Answer.refused(broken);
        };
    }

    private static TuningRequest wish(Row row, List<Invalid> invalid) {
        var given = new HashMap<String, Object>(
                Map.of("tags", row.tags(), "region", row.region(), "weight", row.weight(), "priority", row.priority()));
        given.values().removeIf(typed -> typed.toString().isBlank());
        return TuningRequest.FIELDS.file(given, invalid::add);
    }

    private Answer move(SenderChanges.Change change, Actor actor, SenderId id, SenderId master) {
        return switch (senders.changeMaster(change, actor, id, master)) {
            case Senders.Moved.Done done ->
                Answer.done(
                        id,
                        done.isMoved()
                                ? "moved to " + done.master().id()
                                        + (done.messages() == 0 ? "" : " with " + done.messages() + " messages")
                                : "is there already");
            case Senders.Moved.ServantNotFound _ -> Answer.refused("Servant account " + id + " not found");
            case Senders.Moved.MasterNotFound _ -> Answer.refused("Master account " + master + " not found");
        };
    }

    private Answer tag(SenderChanges.Change change, Actor actor, SenderId id, List<String> add, List<String> remove) {
        var tags = new TreeSet<>(change.store()
                .find(change.tenant(), id)
                .map(sender -> sender.traits().tags())
                .orElse(List.of()));
        tags.removeAll(remove);
        tags.addAll(add);
        return tuning.tune(change, actor, id, TuningRequest.NOTHING.withTags(List.copyOf(tags)))
                .map(sender -> sender.traits().tags())
                .fold(
                        now -> Answer.done(id, now.isEmpty() ? "has no tags" : "tags: " + String.join(" ", now)),
                        refusal -> Answer.refused(id, refusal));
    }

    private static Answer hold(SenderChanges.Change change, Actor actor, SenderId id, Optional<Pause> how) {
        return Pausing.pause(change, actor, id, how)
                .fold(
                        _ -> Answer.done(
                                id,
                                how.map(mode -> "paused (" + mode.key() + ")").orElse("resumed")),
                        refusal -> refusal instanceof Refusal.Conflict
                                ? Answer.done(id, "isn’t paused")
                                : Answer.refused(id, refusal));
    }

    private Act remove(Actor actor, SenderId id) {
        return change -> {
            boolean master = change.store()
                    .find(change.tenant(), id)
                    .filter(Sender::isMaster)
                    .isPresent();
            Senders.Removed removed = master
                    ? senders.removeMaster(change, actor, id, Optional.empty())
                    : senders.removeServant(change, actor, id);
            return switch (removed) {
                case Senders.Removed.Done(Sender gone, long _, int _, int waiting) ->
                    new Answer(
                            true,
                            Optional.of(id),
                            waiting == 0 ? "removed" : "removed; " + waiting + " messages still waiting for it",
                            Optional.of(gone));
                case Senders.Removed.NotFound _ -> Answer.refused("Account " + id + " not found");
                case Senders.Removed.HasServants(Sender _, long servants) ->
                    Answer.refused("has " + servants + " servants; move or remove them first");
                case Senders.Removed.MasterNotFound(SenderId other) ->
                    Answer.refused("Master account " + other + " not found");
            };
        };
    }
}

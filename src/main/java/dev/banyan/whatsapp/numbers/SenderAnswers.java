package dev.banyan.whatsapp.numbers;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.web.answer.DoneMessage;
import dev.banyan.platform.web.answer.Refused;
import dev.banyan.platform.web.json.ApiDescription;
import dev.banyan.whatsapp.Liveness;
import dev.banyan.whatsapp.MasterType;
import dev.banyan.whatsapp.Pause;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderState;
import dev.banyan.whatsapp.access.PoolRequest;
import dev.banyan.whatsapp.changes.SenderBrands;
import dev.banyan.whatsapp.history.SenderRating;
import dev.banyan.whatsapp.history.SenderRatings;
import dev.banyan.whatsapp.numbers.Senders.Added;
import dev.banyan.whatsapp.numbers.Senders.Removed;
import dev.banyan.whatsapp.session.LinkEvent;
import dev.banyan.whatsapp.session.Linking;
import dev.banyan.whatsapp.session.Linking.LinkStart;
import dev.banyan.whatsapp.session.Linking.Simulated;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// The responses common to masters and servants, which are added, changed, linked and removed in the same way.
@Singleton
record SenderAnswers(
        Liveness liveness,
        SenderRatings ratings,
        Senders senders,
        Tuning tuning,
        Pausing pausing,
        SenderBrands brands,
        Linking linking) {

    record SenderList(
            List<WireSender> senders,

            @Schema(description = "Pass as `after` to get the next page; null on the last page")
            Optional<SenderId> nextCursor) {}

    record Code(
            @Schema(description = "Content of the QR code; draw it and scan it with the phone")
            String text,

            @Schema(description = "From 1") int number,

            @Schema(description = "Number of codes in total")
            int of,

            Instant expiresAt) {}

    @JsonInclude(Include.NON_ABSENT)
    @Schema(extensions = @Extension(name = ApiDescription.ENVELOPE, value = "LinkAnswer"))
    record LinkState(
            SenderId id,
            @Schema(implementation = SenderState.class) String state,

            @Schema(description = "Present while a code can be scanned")
            Optional<Code> code,

            Optional<String> error,
            Optional<String> deviceName,
            Optional<Instant> linkedAt) {}

    static final String LINKED = "Account is already linked";
    static final String DISABLED = "Account is turned off in its imported file";

    WireSender one(Sender sender) {
        return wire(List.of(sender)).getFirst();
    }

    private List<WireSender> wire(List<Sender> some) {
        Map<SenderId, SenderRating> known = some.isEmpty()
                ? Map.of()
                : ratings.of(
                        some.getFirst().tenant(), some.stream().map(Sender::id).toList());
        return some.stream()
                .map(sender -> WireSender.of(sender, liveness, known.getOrDefault(sender.id(), SenderRating.NONE)))
                .toList();
    }

    SenderList list(Pools.Found found) {
        return new SenderList(wire(found.senders()), found.next());
    }

    WireSender added(Added added) {
        return switch (added) {
            case Added.Done done -> one(done.sender());
            case Added.MasterNotFound _ -> throw Refused.notFound(PoolRequest.MASTER);
            case Added.PhoneInUse used ->
                throw Refused.conflict("Phone number already in use by "
                        + used.by().displayName() + " (ID: " + used.by().id() + ")");
            case Added.IdTaken _ -> throw Refused.conflict("This id is taken");
            case Added.Rejected rejected ->
                throw Refused.invalid(rejected.invalid().getFirst());
        };
    }

    private static void refuse(Invalid invalid) {
        throw Refused.invalid(invalid);
    }

    /// Applies all changes of the body, or none.
    WireSender changed(PoolRequest request, Sender sender, SenderChangeBody body) {
        body.broken(sender.isMaster()).ifPresent(SenderAnswers::refuse);
        TuningRequest wish = Refused.unless(TuningRequest.FIELDS.body(body, TuningRequest.NOTHING), PoolRequest.SENDER);
        body.brand().flatMap(brand -> brands.broken(sender.tenant(), brand)).ifPresent(SenderAnswers::refuse);
        Sender tuned = Refused.unless(
                tuning.tune(sender.tenant(), request.actor(), sender.id(), wish)
                        .then(now -> body.brand()
                                .map(brand -> brands.assign(now.tenant(), request.actor(), now.id(), brand))
                                .orElseGet(() -> Outcome.done(now))),
                PoolRequest.SENDER);
        Optional<MasterType> type = body.type().flatMap(MasterType::parse);
        return one(
                type.isEmpty()
                        ? tuned
                        : Refused.unless(
                                senders.setMasterType(sender.tenant(), request.actor(), sender.id(), type.get()),
                                PoolRequest.MASTER));
    }

    WireSender paused(PoolRequest request, Sender sender, Optional<Pause> how) {
        return one(
                Refused.unless(pausing.pause(sender.tenant(), request.actor(), sender.id(), how), PoolRequest.SENDER));
    }

    DoneMessage removed(PoolRequest request, Removed removed) {
        return switch (removed) {
            case Removed.Done done ->
                new DoneMessage("Account removed"
                        + (done.moved() == 0 ? "" : "; " + servants(done.moved()) + " moved")
                        + (done.movedMessages() == 0 ? "" : "; " + messages(done.movedMessages()) + " moved")
                        + (done.waiting() == 0
                                ? ""
                                : "; " + messages(done.waiting()) + " still waiting for "
                                        + done.sender().id()));
            case Removed.NotFound _ -> throw Refused.notFound(PoolRequest.SENDER);
            case Removed.MasterNotFound _ -> throw request.notFound("The master for the servants was not found");
            case Removed.HasServants has ->
                throw Refused.conflict(
                        "Master account has " + servants(has.servants()) + ". Move or remove them first.");
        };
    }

    private static String messages(int number) {
        return number + (number == 1 ? " message" : " messages");
    }

    static String servants(long number) {
        return number + (number == 1 ? " servant" : " servants");
    }

    LinkState link(PoolRequest request, Sender sender) {
        return switch (linking.link(sender.tenant(), request.actor(), sender.id())) {
            case LinkStart.Done done -> state(done.sender(), done.code());
            case LinkStart.AlreadyLinked _ -> throw Refused.conflict(LINKED);
            case LinkStart.Disabled _ -> throw Refused.conflict(DISABLED);
            case LinkStart.NotFound _ -> throw Refused.notFound(PoolRequest.SENDER);
        };
    }

    LinkState linkState(Sender sender) {
        return state(sender, linking.code(sender.tenant(), sender.id()));
    }

    private static LinkState state(Sender sender, Optional<LinkEvent.Code> code) {
        return new LinkState(
                sender.id(),
                sender.state().key(),
                code.filter(_ -> sender.state().isLinking())
                        .map(shown -> new Code(shown.text(), shown.number(), shown.of(), shown.expiresAt())),
                sender.lastError(),
                sender.link().deviceName(),
                sender.link().linkedAt());
    }

    /// Logs a linked sender out, or stops its linking.
    LinkState unlink(PoolRequest request, Sender sender) {
        Outcome<Sender> stopped = sender.state().isLinking()
                ? linking.cancel(sender.tenant(), request.actor(), sender.id())
                : linking.unlink(sender.tenant(), request.actor(), sender.id());
        return state(Refused.unless(stopped, PoolRequest.SENDER), Optional.empty());
    }

    WireSender simulated(Simulated simulated) {
        return switch (simulated) {
            case Simulated.Done done -> one(done.sender());
            case Simulated.Impossible _ ->
                throw Refused.conflict("This is not possible in the account's current state");
            case Simulated.Refused refused -> throw Refused.conflict(refused.why());
            case Simulated.NotSimulated _ -> throw Refused.conflict("This number is real and can't be simulated");
            case Simulated.NotFound _ -> throw Refused.notFound(PoolRequest.SENDER);
        };
    }
}

package dev.banyan.whatsapp.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.json.Answers;
import dev.banyan.whatsapp.Liveness;
import dev.banyan.whatsapp.MasterType;
import dev.banyan.whatsapp.Pause;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.history.SenderRating;
import dev.banyan.whatsapp.history.SenderRatings;
import dev.banyan.whatsapp.registry.Pausing;
import dev.banyan.whatsapp.registry.SenderBrands;
import dev.banyan.whatsapp.registry.Senders;
import dev.banyan.whatsapp.registry.Senders.Added;
import dev.banyan.whatsapp.registry.Senders.Removed;
import dev.banyan.whatsapp.registry.Tuning;
import dev.banyan.whatsapp.session.LinkEvent;
import dev.banyan.whatsapp.session.Linking;
import dev.banyan.whatsapp.session.Linking.LinkStart;
import dev.banyan.whatsapp.session.Linking.Simulated;
import dev.banyan.whatsapp.session.Linking.Stopped;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// The responses common to masters and servants, which are added, changed, linked and removed in the same way.
@Singleton
final class SenderAnswers {

    record SenderAnswer(boolean success, WireSender data) {}

    record SenderList(
            List<WireSender> senders,

            @Schema(description = "Pass as `after` to get the next page; null on the last page")
            Optional<SenderId> nextCursor) {}

    record SenderListAnswer(boolean success, SenderList data) {}

    /// @param text content of the QR code
    record Code(
            @Schema(description = "Content of the QR code; draw it and scan it with the phone")
            String text,

            @Schema(description = "From 1") int number,

            @Schema(description = "Number of codes in total")
            int of,

            Instant expiresAt) {}

    @JsonInclude(Include.NON_ABSENT)
    record LinkState(
            SenderId id,
            String state,

            @Schema(description = "Present while a code can be scanned")
            Optional<Code> code,

            Optional<String> error,
            Optional<String> deviceName,
            Optional<Instant> linkedAt) {}

    record LinkAnswer(boolean success, LinkState data) {}

    private final PoolApiGuard gate;
    private final Liveness liveness;
    private final SenderRatings ratings;
    private final Senders senders;
    private final Tuning tuning;
    private final Pausing pausing;
    private final SenderBrands brands;
    private final Linking linking;

    SenderAnswers(
            PoolApiGuard gate,
            Liveness liveness,
            SenderRatings ratings,
            Senders senders,
            Tuning tuning,
            Pausing pausing,
            SenderBrands brands,
            Linking linking) {
        this.gate = gate;
        this.liveness = liveness;
        this.ratings = ratings;
        this.senders = senders;
        this.tuning = tuning;
        this.pausing = pausing;
        this.brands = brands;
        this.linking = linking;
    }

    Response one(int status, Sender sender) {
        return Response.status(status)
                .entity(new SenderAnswer(true, wire(List.of(sender)).getFirst()))
                .build();
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

    Response list(Pools.Found found) {
        return Response.ok(new SenderListAnswer(true, new SenderList(wire(found.senders()), found.next())))
                .build();
    }

    Response added(Call call, Added added) {
        return switch (added) {
            case Added.Done done -> one(201, done.sender());
            case Added.MasterNotFound _ -> gate.unknown(call, PoolApiGuard.NO_MASTER);
            case Added.PhoneInUse used ->
                Answers.refused(
                        409,
                        "Phone number already in use by " + used.by().displayName() + " (ID: "
                                + used.by().id() + ")");
            case Added.IdTaken _ -> Answers.refused(409, "This id is taken");
            case Added.Rejected rejected ->
                PoolApiGuard.refused(rejected.invalid().getFirst());
        };
    }

    /// Applies all changes of the body, or none.
    Response changed(Call call, AccountContext context, Sender sender, SenderChangeBody body) {
        var broken = body.broken(sender.isMaster());
        if (broken.isPresent()) {
            return Answers.refused(broken.get());
        }
        Optional<Invalid> unknown = body.brand().flatMap(brand -> brands.broken(sender.tenant(), brand));
        if (unknown.isPresent()) {
            return Answers.refused(unknown.get());
        }
        Outcome<Sender> tuned = tuning.tune(sender.tenant(), context.actor(), sender.id(), body.wish())
                .then(now -> body.brand()
                        .map(brand -> brands.assign(now.tenant(), context.actor(), now.id(), brand))
                        .orElseGet(() -> Outcome.done(now)));
        Optional<MasterType> type = body.type().flatMap(MasterType::parse);
        return tuned instanceof Outcome.Done<Sender> && type.isPresent()
                ? changed(
                        call,
                        senders.setMasterType(sender.tenant(), context.actor(), sender.id(), type.get()),
                        PoolApiGuard.NO_MASTER)
                : changed(call, tuned, PoolApiGuard.NO_SENDER);
    }

    private Response changed(Call call, Outcome<Sender> changed, String unknown) {
        return changed.fold(sender -> one(200, sender), refusal -> gate.refused(call, refusal, unknown));
    }

    Response paused(Call call, AccountContext context, Sender sender, Optional<Pause> how) {
        return changed(call, pausing.pause(sender.tenant(), context.actor(), sender.id(), how), PoolApiGuard.NO_SENDER);
    }

    Response removed(Call call, Removed removed) {
        return switch (removed) {
            case Removed.Done done ->
                Answers.done("Account removed"
                        + (done.moved() == 0 ? "" : "; " + servants(done.moved()) + " moved")
                        + (done.movedMessages() == 0 ? "" : "; " + messages(done.movedMessages()) + " moved")
                        + (done.waiting() == 0
                                ? ""
                                : "; " + messages(done.waiting()) + " still waiting for "
                                        + done.sender().id()));
            case Removed.NotFound _ -> gate.unknown(call, PoolApiGuard.NO_SENDER);
            case Removed.MasterNotFound _ -> gate.unknown(call, "The master for the servants was not found");
            case Removed.HasServants has ->
                Answers.refused(409, "Master account has " + servants(has.servants()) + ". Move or remove them first.");
        };
    }

    private static String messages(int number) {
        return number + (number == 1 ? " message" : " messages");
    }

    static String servants(long number) {
        return number + (number == 1 ? " servant" : " servants");
    }

    Response link(Call call, AccountContext context, Sender sender) {
        return switch (linking.link(sender.tenant(), context.actor(), sender.id())) {
            case LinkStart.Done done -> state(done.sender(), done.code());
            case LinkStart.AlreadyLinked _ -> Answers.refused(409, "Account is already linked");
            case LinkStart.Disabled _ -> Answers.refused(409, "Account is turned off in its imported file");
            case LinkStart.NotFound _ -> gate.unknown(call, PoolApiGuard.NO_SENDER);
        };
    }

    Response linkState(Sender sender) {
        return state(sender, linking.code(sender.tenant(), sender.id()));
    }

    private static Response state(Sender sender, Optional<LinkEvent.Code> code) {
        return Response.ok(new LinkAnswer(
                        true,
                        new LinkState(
                                sender.id(),
                                sender.state().key(),
                                code.filter(_ -> sender.state().isLinking())
                                        .map(shown ->
                                                new Code(shown.text(), shown.number(), shown.of(), shown.expiresAt())),
                                sender.lastError(),
                                sender.link().deviceName(),
                                sender.link().linkedAt())))
                .build();
    }

    /// Logs a linked sender out, or stops its linking.
    Response unlink(Call call, AccountContext context, Sender sender) {
        Stopped stopped = sender.state().isLinking()
                ? linking.cancel(sender.tenant(), context.actor(), sender.id())
                : linking.unlink(sender.tenant(), context.actor(), sender.id());
        return switch (stopped) {
            case Stopped.Done done -> state(done.sender(), Optional.empty());
            case Stopped.Idle _ -> Answers.refused(409, "Account is not linked");
            case Stopped.NotFound _ -> gate.unknown(call, PoolApiGuard.NO_SENDER);
        };
    }

    Response simulated(Call call, Simulated simulated) {
        return switch (simulated) {
            case Simulated.Done done -> one(200, done.sender());
            case Simulated.Impossible _ -> Answers.refused(409, "This is not possible in the account's current state");
            case Simulated.Refused refused -> Answers.refused(409, refused.why());
            case Simulated.NotSimulated _ -> Answers.refused(409, "This number is real and can't be simulated");
            case Simulated.NotFound _ -> gate.unknown(call, PoolApiGuard.NO_SENDER);
        };
    }
}

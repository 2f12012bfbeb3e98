package dev.banyan.whatsapp.api;

import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.json.Answers;
import dev.banyan.whatsapp.MasterType;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.drivers.NumberMoves;
import dev.banyan.whatsapp.drivers.Placing;
import dev.banyan.whatsapp.registry.Senders;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// Adds numbers through the API: simulated ones, new ones at a gateway, and those that a gateway has already.
@Singleton
final class NewNumbers {

    record NewMasterBody(
            @Schema(description = "Unique on the server; generated from the name if omitted", example = "sales")
            Optional<String> id,

            @Schema(example = "Sales") Optional<String> displayName,

            @Schema(description = "Detected at linking if omitted", example = "+971500000101")
            Optional<String> phone,

            @Schema(description = "`primary` (the default) or `backup`")
            Optional<String> type,

            @Schema(description = "The connection to its gateway; a simulated number if omitted")
            Optional<String> connection,

            @Schema(description = "What the gateway calls a number that it has already: it is adopted")
            Optional<String> remote) {}

    record NewServantBody(
            @Schema(description = "Whose pool it joins", example = "sales")
            Optional<String> master,

            @Schema(example = "+971500000102") Optional<String> phone,
            @Schema(example = "Support desk") Optional<String> displayName,

            @Schema(description = "Free text; `custom` if omitted", example = "support")
            Optional<String> purpose,

            @Schema(description = "The connection to its gateway; a simulated number if omitted")
            Optional<String> connection,

            @Schema(description = "What the gateway calls a number that it has already: it is adopted")
            Optional<String> remote) {}

    private final PoolApiGuard gate;
    private final SenderAnswers answers;
    private final Senders senders;
    private final Placing placing;
    private final NumberMoves moves;

    NewNumbers(PoolApiGuard gate, SenderAnswers answers, Senders senders, Placing placing, NumberMoves moves) {
        this.gate = gate;
        this.answers = answers;
        this.senders = senders;
        this.placing = placing;
        this.moves = moves;
    }

    Response master(Call call, AccountContext context, NewMasterBody body) {
        Optional<MasterType> type = body.type().map(MasterType::parse).orElse(Optional.of(MasterType.PRIMARY));
        return placing.place(context.root().id(), body.connection(), body.remote())
                .fold(
                        placed -> type.map(known -> added(
                                        call,
                                        context,
                                        placed,
                                        senders.addMaster(
                                                context.root().id(),
                                                context.actor(),
                                                new Senders.NewMaster(
                                                        body.id(),
                                                        name(body.displayName(), body.remote()),
                                                        body.phone()
                                                                .or(() -> placed.phone()
                                                                        .map(Phone::e164)),
                                                        known,
                                                        placed.place()))))
                                .orElseGet(() -> Answers.refused(SenderChangeBody.BAD_TYPE)),
                        refusal -> refused(call, refusal));
    }

    /// An adopted number is called as at its gateway, unless someone names it.
    private static String name(Optional<String> typed, Optional<String> remote) {
        return typed.filter(text -> !text.isBlank()).or(() -> remote).orElse("");
    }

    Response servant(Call call, AccountContext context, NewServantBody body) {
        if (body.master().isEmpty()) {
            return Answers.refused(400, "Missing master");
        }
        Optional<SenderId> master = body.master().flatMap(SenderId::parse);
        if (master.isEmpty()) {
            return gate.unknown(call, PoolApiGuard.NO_MASTER);
        }
        return placing.place(context.root().id(), body.connection(), body.remote())
                .fold(
                        placed -> added(
                                call,
                                context,
                                placed,
                                senders.addServant(
                                        context.root().id(),
                                        context.actor(),
                                        new Senders.NewServant(
                                                master.get(),
                                                body.phone()
                                                        .or(() -> placed.phone().map(Phone::e164))
                                                        .orElse(""),
                                                name(body.displayName(), body.remote()),
                                                body.purpose(),
                                                placed.place()))),
                        refusal -> refused(call, refusal));
    }

    private Response refused(Call call, Refusal refusal) {
        return gate.refused(call, refusal, ConnectionsResource.NOT_FOUND);
    }

    private Response added(Call call, AccountContext context, Placing.Placed placed, Senders.Added added) {
        if (added instanceof Senders.Added.Done(Sender sender)) {
            moves.adopt(context.actor(), placed, sender);
        }
        return answers.added(call, added);
    }

    /// Moves a number to another connection, if the body says so.
    Outcome<Sender> moved(AccountContext context, Sender sender, SenderChangeBody body) {
        if (body.connection().isEmpty()) {
            return Outcome.done(sender);
        }
        return moves.move(context.actor(), sender, body.connection(), body.remote());
    }
}

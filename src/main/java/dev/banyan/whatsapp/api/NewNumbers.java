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
import dev.banyan.whatsapp.drivers.Placing;
import dev.banyan.whatsapp.registry.Senders;
import dev.banyan.whatsapp.session.Linking;
import io.quarkus.virtual.threads.VirtualThreads;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
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
    private final Linking linking;
    private final ExecutorService threads;

    NewNumbers(
            PoolApiGuard gate,
            SenderAnswers answers,
            Senders senders,
            Placing placing,
            Linking linking,
            @VirtualThreads ExecutorService threads) {
        this.gate = gate;
        this.answers = answers;
        this.senders = senders;
        this.placing = placing;
        this.linking = linking;
        this.threads = threads;
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
            adopt(context, placed, sender);
        }
        return answers.added(call, added);
    }

    /// Links a number that the gateway has linked already: there is nothing to scan.
    private void adopt(AccountContext context, Placing.Placed placed, Sender sender) {
        if (placed.adopted()) {
            threads.execute(() -> linking.link(sender.tenant(), context.actor(), sender.id()));
        }
    }

    /// Moves a number to another connection, if the body says so.
    Outcome<Sender> moved(AccountContext context, Sender sender, SenderChangeBody body) {
        if (body.connection().isEmpty()) {
            return Outcome.done(sender);
        }
        return placing.place(sender.tenant(), body.connection(), body.remote())
                .then(placed -> isThere(sender, placed)
                        ? Outcome.done(sender)
                        : senders.place(sender.tenant(), context.actor(), sender.id(), placed.place())
                                .map(moved -> {
                                    adopt(context, placed, moved);
                                    return moved;
                                }));
    }

    private static boolean isThere(Sender sender, Placing.Placed placed) {
        return sender.remote()
                        .map(Sender.Remote::connection)
                        .equals(placed.place().connection())
                && placed.place()
                        .remote()
                        .map(name -> sender.remote()
                                .filter(remote -> remote.name().equals(name))
                                .isPresent())
                        .orElse(true);
    }
}

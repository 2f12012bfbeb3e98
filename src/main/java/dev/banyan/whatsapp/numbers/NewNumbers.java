package dev.banyan.whatsapp.numbers;

import module java.base;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.web.answer.Refused;
import dev.banyan.whatsapp.MasterType;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.access.PoolRequest;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// Adds numbers through the API: simulated ones, new ones at a gateway, and those that a gateway has already.
@Singleton
record NewNumbers(SenderAnswers answers, Senders senders, Placing placing, NumberMoves moves) {

    private static final String NAME = "Needed without `remote`: an adopted number has a name";

    record NewMasterBody(
            @Schema(description = "Unique on the server; generated from the name if omitted", example = "sales")
            Optional<String> id,

            @Schema(description = NAME, example = "Sales") Optional<String> displayName,

            @Schema(description = "Detected at linking if omitted", example = "+971500000101")
            Optional<String> phone,

            @Schema(description = "`primary` (the default) or `backup`")
            Optional<String> type,

            @Schema(description = "The connection to its gateway; a simulated number if omitted")
            Optional<String> connection,

            @Schema(description = "What the gateway calls a number that it has already: it is adopted")
            Optional<String> remote) {}

    @Schema(requiredProperties = "master")
    record NewServantBody(
            @Schema(description = "Whose pool it joins", example = "sales")
            Optional<String> master,

            @Schema(example = "+971500000102") Optional<String> phone,

            @Schema(description = NAME, example = "Support desk")
            Optional<String> displayName,

            @Schema(description = "Free text; `custom` if omitted", example = "support")
            Optional<String> purpose,

            @Schema(description = "The connection to its gateway; a simulated number if omitted")
            Optional<String> connection,

            @Schema(description = "What the gateway calls a number that it has already: it is adopted")
            Optional<String> remote) {}

    WireSender master(PoolRequest request, NewMasterBody body) {
        Placing.Placed placed = place(request, body.connection(), body.remote());
        MasterType type = body.type()
                .map(typed -> MasterType.parse(typed).orElseThrow(() -> Refused.invalid(SenderChangeBody.BAD_TYPE)))
                .orElse(MasterType.PRIMARY);
        return added(
                request,
                placed,
                senders.addMaster(
                        request.tenant(),
                        request.actor(),
                        new Senders.NewMaster(
                                body.id(),
                                name(body.displayName(), placed, body.remote()),
                                body.phone().or(() -> placed.phone().map(Phone::e164)),
                                type,
                                placed.place())));
    }

    private Placing.Placed place(PoolRequest request, Optional<String> connection, Optional<String> remote) {
        return Refused.unless(placing.place(request.tenant(), connection, remote), PoolRequest.CONNECTION);
    }

    /// An adopted number is called as WhatsApp verified it or as at its gateway, unless someone names it.
    private static String name(Optional<String> typed, Placing.Placed placed, Optional<String> remote) {
        return typed.filter(text -> !text.isBlank())
                .or(placed::name)
                .or(() -> remote)
                .orElse("");
    }

    WireSender servant(PoolRequest request, NewServantBody body) {
        SenderId master = SenderId.parse(
                        body.master().orElseThrow(() -> Refused.invalid(Invalid.whole("Missing master"))))
                .orElseThrow(() -> Refused.notFound(PoolRequest.MASTER));
        Placing.Placed placed = place(request, body.connection(), body.remote());
        return added(
                request,
                placed,
                senders.addServant(
                        request.tenant(),
                        request.actor(),
                        new Senders.NewServant(
                                master,
                                body.phone()
                                        .or(() -> placed.phone().map(Phone::e164))
                                        .orElse(""),
                                name(body.displayName(), placed, body.remote()),
                                body.purpose(),
                                placed.place())));
    }

    private WireSender added(PoolRequest request, Placing.Placed placed, Senders.Added added) {
        if (added instanceof Senders.Added.Done(Sender sender)) {
            moves.adopt(request.actor(), placed, sender);
        }
        return answers.added(added);
    }

    /// Moves a number to another connection, if the body says so.
    Sender moved(PoolRequest request, Sender sender, SenderChangeBody body) {
        return body.connection().isEmpty()
                ? sender
                : Refused.unless(
                        moves.move(request.actor(), sender, body.connection(), body.remote()), PoolRequest.CONNECTION);
    }
}

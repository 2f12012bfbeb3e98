package dev.banyan.whatsapp.numbers;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.Html;
import dev.banyan.whatsapp.ConnectionId;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.access.PoolPages.PoolPage;
import dev.banyan.whatsapp.connections.Connection;
import dev.banyan.whatsapp.connections.ConnectionCheck;
import dev.banyan.whatsapp.connections.ConnectionCheck.Checked;
import dev.banyan.whatsapp.connections.Connections;
import dev.banyan.whatsapp.connections.RemoteNumber;
import dev.banyan.whatsapp.numbers.MoveNumberPage.There;
import dev.banyan.whatsapp.numbers.MoveNumberPage.Values;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// Moves a number to another connection, in a dialog of its page.
@Path("/admin/pools")
@RunOnVirtualThread
class MoveNumberPageResource {

    private final Connections connections;
    private final ConnectionCheck checks;
    private final NumberMoves moves;

    MoveNumberPageResource(Connections connections, ConnectionCheck checks, NumberMoves moves) {
        this.connections = connections;
        this.checks = checks;
        this.moves = moves;
    }

    /// @param connection the chosen one, whose gateway is asked what it has
    @GET
    @Path("{senderId}/connection")
    public Response form(@Context PoolPage page, @QueryParam("connection") @DefaultValue("") String connection) {
        return Html.ok(draw(page, page.sender(), new Values(connection, ""), FieldErrors.NONE));
    }

    @POST
    @Path("{senderId}/connection")
    public Response move(
            @Context PoolPage page,
            @FormParam("connection") @DefaultValue("") String connection,
            @FormParam("remote") @DefaultValue("") String remote) {
        var values = new Values(connection, remote);
        Sender sender = page.sender();
        if (connection.isEmpty()) {
            return refused(page, sender, values, new FieldErrors(Map.of("connection", "Choose a connection.")));
        }
        Optional<String> place = Optional.of(connection).filter(typed -> !typed.equals(MoveNumberPage.SIMULATED));
        return moves.move(page.actor(), sender, place, Optional.of(remote))
                .fold(
                        moved -> Html.seeOther(page.call(), page.linkPath(moved) + "&done=number-moved"),
                        refusal -> page.refused(
                                refusal, invalid -> refused(page, sender, values, FieldErrors.from(invalid))));
    }

    private Response refused(PoolPage page, Sender sender, Values values, FieldErrors errors) {
        return Html.invalid(draw(page, sender, values, errors));
    }

    private MoveNumberPage draw(PoolPage page, Sender sender, Values values, FieldErrors errors) {
        AccountId tenant = sender.tenant();
        return new MoveNumberPage(
                page.frame("Move to another connection"),
                sender.id().value(),
                sender.shownName(),
                sender.remote()
                        .flatMap(remote -> connections.find(tenant, remote.connection()))
                        .map(Connection::name)
                        .orElse("the simulation"),
                values,
                choices(tenant),
                ConnectionId.parse(values.connection())
                        .flatMap(id -> connections.find(tenant, id))
                        .filter(connection -> connection.driver().isReal())
                        .map(this::there),
                errors,
                page.isHtmx());
    }

    private List<Choice> choices(AccountId tenant) {
        return Stream.concat(
                        connections.list(tenant).stream()
                                .map(Connections.Listed::connection)
                                .map(known -> new Choice(known.id().toString(), known.label())),
                        Stream.of(new Choice(MoveNumberPage.SIMULATED, "Simulated number")))
                .toList();
    }

    private There there(Connection connection) {
        boolean makesNew = !connection.driver().isBusinessPlatform();
        return switch (checks.check(connection.tenant(), connection.id())) {
            case Checked.Done done ->
                new There(
                        done.numbers().stream()
                                .filter(found -> found.sender().isEmpty())
                                .map(found -> new Choice(found.number().remote(), label(found.number())))
                                .toList(),
                        makesNew,
                        "");
            case Checked.Failed(String sentence, URI _) -> new There(List.of(), makesNew, sentence);
            case Checked.NoCredentials _ ->
                new There(List.of(), makesNew, "Its credentials can’t be read on this server. Enter them again.");
            case Checked.NotFound _ -> new There(List.of(), makesNew, "It was removed. Choose another one.");
        };
    }

    private static String label(RemoteNumber number) {
        return number.remote()
                + number.status()
                        .phone()
                        .map(Phone::toString)
                        .map(phone -> " (" + phone + ")")
                        .orElse(" (" + number.status().state().key() + ")");
    }
}

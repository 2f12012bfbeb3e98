package dev.banyan.whatsapp.board;

import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.Digests;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.Html;
import dev.banyan.whatsapp.ConnectionId;
import dev.banyan.whatsapp.DriverKind;
import dev.banyan.whatsapp.board.ConnectionPage.Check;
import dev.banyan.whatsapp.board.ConnectionPage.Kind;
import dev.banyan.whatsapp.board.ConnectionPage.Values;
import dev.banyan.whatsapp.connections.Connection;
import dev.banyan.whatsapp.connections.ConnectionDraft;
import dev.banyan.whatsapp.connections.Connections;
import dev.banyan.whatsapp.connections.Credentials;
import dev.banyan.whatsapp.drivers.GatewayChecks;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.function.Function;

/// The gateways of an account, in the browser.
@Path("/admin/pools/connections")
@RunOnVirtualThread
class ConnectionsPageResource {

    private static final String PATH = "/admin/pools/connections";

    private final PoolPages rooms;
    private final Connections connections;
    private final GatewayChecks checks;

    ConnectionsPageResource(PoolPages rooms, Connections connections, GatewayChecks checks) {
        this.rooms = rooms;
        this.connections = connections;
        this.checks = checks;
    }

    /// What the form sends. An empty secret keeps the stored one.
    static final class Fields {

        @FormParam("as")
        @DefaultValue("")
        String as = "";

        @FormParam("driver")
        @DefaultValue("")
        String driver = "";

        @FormParam("name")
        @DefaultValue("")
        String name = "";

        @FormParam("url")
        @DefaultValue("")
        String url = "";

        @FormParam("apiKey")
        @DefaultValue("")
        String apiKey = "";

        @FormParam("token")
        @DefaultValue("")
        String token = "";

        @FormParam("appSecret")
        @DefaultValue("")
        String appSecret = "";

        @FormParam("verifyToken")
        @DefaultValue("")
        String verifyToken = "";

        @FormParam("wabaId")
        @DefaultValue("")
        String wabaId = "";

        @FormParam("hookUrl")
        @DefaultValue("")
        String hookUrl = "";

        private ConnectionDraft draft() {
            return new ConnectionDraft(
                    Optional.of(name),
                    Optional.of(driver),
                    Optional.of(url),
                    new ConnectionDraft.Secrets(
                            Optional.of(apiKey),
                            Optional.of(token),
                            Optional.of(appSecret),
                            Optional.of(verifyToken),
                            Optional.of(wabaId)),
                    Optional.of(hookUrl),
                    Optional.empty());
        }

        private Values values() {
            return new Values(name, url, wabaId, verifyToken, hookUrl);
        }
    }

    @GET
    public Response list(@Context Call call) {
        return rooms.act(
                call,
                "",
                context -> Html.ok(new ConnectionsPage(
                        rooms.frame(call, context, "Connections"),
                        connections.list(context.root().id()).stream()
                                .map(listed -> ConnectionsPage.Row.of(listed, connections.problem(listed.connection())))
                                .toList())));
    }

    @GET
    @Path("new")
    public Response form(@Context Call call) {
        return rooms.act(call, "", context -> {
            DriverKind kind = call.query("driver").flatMap(DriverKind::parse).orElse(DriverKind.WAHA);
            var values = new Values(
                    "", "", "", kind == DriverKind.CLOUD ? Digests.newToken().substring(0, 24) : "", "");
            return Html.ok(added(call, context, kind, values, FieldErrors.NONE));
        });
    }

    private ConnectionPage added(
            Call call, AccountContext context, DriverKind kind, Values values, FieldErrors errors) {
        return new ConnectionPage(
                rooms.frame(call, context, "Add connection"),
                Optional.empty(),
                Kind.of(kind),
                values,
                errors,
                Optional.empty(),
                0,
                "",
                ConnectionPage.Help.NEW);
    }

    @POST
    public Response add(@Context Call call, @BeanParam Fields fields) {
        return rooms.act(
                call,
                fields.as,
                context -> connections
                        .add(context.root().id(), context.actor(), fields.draft())
                        .fold(
                                connection -> Html.seeOther(
                                        path(context, connection.id()) + "&new=true&done=connection-added"),
                                refusal -> rooms.refused(
                                        call,
                                        refusal,
                                        invalid -> Html.invalid(added(
                                                call,
                                                context,
                                                DriverKind.parse(fields.driver).orElse(DriverKind.WAHA),
                                                fields.values(),
                                                FieldErrors.from(invalid))))));
    }

    private static String path(AccountContext context, ConnectionId id) {
        return PATH + "/" + id + "?as=" + context.root().username();
    }

    @GET
    @Path("{connectionId}")
    public Response show(@Context Call call, @PathParam("connectionId") String connectionId) {
        return on(
                call,
                connectionId,
                "",
                connection -> context -> Html.ok(
                        page(call, context, connection, values(connection), FieldErrors.NONE, Optional.empty())));
    }

    private interface OnConnection {
        Function<AccountContext, Response> work(Connection connection);
    }

    private Response on(Call call, String id, String as, OnConnection work) {
        return rooms.act(
                call,
                as,
                context -> ConnectionId.parse(id)
                        .flatMap(known -> connections.find(context.root().id(), known))
                        .map(connection -> work.work(connection).apply(context))
                        .orElseGet(() -> rooms.unknown(call)));
    }

    private Values values(Connection connection) {
        Optional<Credentials.Cloud> cloud = connections
                .open(connection.tenant(), connection.id())
                .map(opened -> opened.credentials().access())
                .filter(Credentials.Cloud.class::isInstance)
                .map(Credentials.Cloud.class::cast);
        return new Values(
                connection.name(),
                connection.url().map(Object::toString).orElse(""),
                cloud.flatMap(Credentials.Cloud::wabaId).orElse(""),
                "",
                connection.hook().map(Object::toString).orElse(""));
    }

    private ConnectionPage page(
            Call call,
            AccountContext context,
            Connection connection,
            Values values,
            FieldErrors errors,
            Optional<Check> check) {
        return new ConnectionPage(
                rooms.frame(call, context, connection.name()),
                Optional.of(connection.id().toString()),
                Kind.of(connection.driver()),
                values,
                errors,
                check,
                connections.senders(connection.tenant(), connection.id()).size(),
                connections.hook(connection).toString(),
                ConnectionPage.Help.KNOWN);
    }

    @POST
    @Path("{connectionId}")
    public Response save(@Context Call call, @PathParam("connectionId") String connectionId, @BeanParam Fields fields) {
        return on(
                call,
                connectionId,
                fields.as,
                connection -> context -> connections
                        .change(context.root().id(), context.actor(), connection.id(), fields.draft())
                        .fold(
                                changed -> Html.seeOther(path(context, changed.id()) + "&done=connection-saved"),
                                refusal -> rooms.refused(
                                        call,
                                        refusal,
                                        invalid -> Html.invalid(page(
                                                call,
                                                context,
                                                connection,
                                                fields.values(),
                                                FieldErrors.from(invalid),
                                                Optional.empty())))));
    }

    @POST
    @Path("{connectionId}/check")
    public Response check(
            @Context Call call,
            @PathParam("connectionId") String connectionId,
            @FormParam("as") @DefaultValue("") String as) {
        return on(
                call,
                connectionId,
                as,
                connection -> context -> Html.ok(page(
                        call,
                        context,
                        connection,
                        values(connection),
                        FieldErrors.NONE,
                        Optional.of(Check.of(checks.check(connection.tenant(), connection.id()))))));
    }

    @POST
    @Path("{connectionId}/remove")
    public Response remove(
            @Context Call call,
            @PathParam("connectionId") String connectionId,
            @FormParam("as") @DefaultValue("") String as) {
        return on(
                call,
                connectionId,
                as,
                connection -> context -> connections
                        .remove(context.root().id(), context.actor(), connection.id())
                        .fold(
                                removed -> Html.seeOther(
                                        PATH + "?as=" + context.root().username() + "&done=connection-removed"),
                                refusal -> rooms.refused(
                                        call,
                                        refusal,
                                        invalid -> Html.invalid(page(
                                                call,
                                                context,
                                                connection,
                                                values(connection),
                                                FieldErrors.from(invalid),
                                                Optional.empty())))));
    }
}

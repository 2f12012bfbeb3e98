package dev.banyan.whatsapp.connections;

import module java.base;
import dev.banyan.platform.Digests;
import dev.banyan.platform.secrets.TypedSecrets;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.Html;
import dev.banyan.whatsapp.ConnectionId;
import dev.banyan.whatsapp.DriverKind;
import dev.banyan.whatsapp.access.PoolPages.PoolPage;
import dev.banyan.whatsapp.connections.ConnectionPage.Check;
import dev.banyan.whatsapp.connections.ConnectionPage.Kind;
import dev.banyan.whatsapp.connections.ConnectionPage.Values;
import dev.banyan.whatsapp.history.SenderRatings;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.WithFormRead;

/// The gateways of an account, in the browser.
@Path("/admin/pools/connections")
@RunOnVirtualThread
class ConnectionsPageResource {

    private final Connections connections;
    private final ConnectionCheck checks;
    private final SenderRatings ratings;
    private final TypedSecrets secrets;

    ConnectionsPageResource(
            Connections connections, ConnectionCheck checks, SenderRatings ratings, TypedSecrets secrets) {
        this.connections = connections;
        this.checks = checks;
        this.ratings = ratings;
        this.secrets = secrets;
    }

    /// What the form sends. An empty secret is the one that was typed before, or keeps the stored one.
    static final class Fields {

        @FormParam("driver")
        String driver = "";

        @FormParam("name")
        String name = "";

        @FormParam("url")
        String url = "";

        @FormParam("apiKey")
        String apiKey = "";

        @FormParam("token")
        String token = "";

        @FormParam("appSecret")
        String appSecret = "";

        /// Of `apiKey` or `token`: a form has one of them.
        @FormParam(TypedSecrets.FIELD)
        String typedSecret = "";

        @FormParam("typedAppSecret")
        String typedAppSecret = "";

        @FormParam("verifyToken")
        String verifyToken = "";

        @FormParam("wabaId")
        String wabaId = "";

        @FormParam("hookUrl")
        String hookUrl = "";

        @FormParam("marketingMessages")
        boolean marketingMessages;

        private Fields with(TypedSecrets secrets, String owner) {
            typedSecret = secrets.seal(kind().isBusinessPlatform() ? token : apiKey, typedSecret, owner);
            typedAppSecret = secrets.seal(appSecret, typedAppSecret, owner);
            token = secrets.open(typedSecret, owner);
            apiKey = token;
            appSecret = secrets.open(typedAppSecret, owner);
            return this;
        }

        private DriverKind kind() {
            return DriverKind.parse(driver).orElse(DriverKind.WAHA);
        }

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
                    Optional.empty(),
                    Optional.of(marketingMessages));
        }

        private Values values() {
            return new Values(name, url, wabaId, verifyToken, hookUrl, marketingMessages, typedSecret, typedAppSecret);
        }
    }

    @GET
    public Response list(@Context PoolPage page) {
        return Html.ok(new ConnectionsPage(
                page.frame("Connections"),
                connections.list(page.tenant()).stream()
                        .map(listed -> ConnectionsPage.Row.of(listed, connections.problem(listed.connection())))
                        .toList()));
    }

    @GET
    @Path("new")
    public Response form(@Context PoolPage page) {
        DriverKind kind = page.query("driver").flatMap(DriverKind::parse).orElse(DriverKind.WAHA);
        var values = new Values(
                "", "", "", kind.isBusinessPlatform() ? Digests.newToken().substring(0, 24) : "", "", false, "", "");
        return Html.ok(added(page, kind, values, FieldErrors.NONE));
    }

    private ConnectionPage added(PoolPage page, DriverKind kind, Values values, FieldErrors errors) {
        return new ConnectionPage(
                page.frame("Add connection"),
                Optional.empty(),
                Kind.of(kind),
                values,
                errors,
                Optional.empty(),
                Optional.empty(),
                "",
                ConnectionPage.Help.NEW);
    }

    @POST
    public Response add(@Context PoolPage page, @BeanParam Fields fields) {
        return connections
                .add(page.tenant(), page.actor(), with(page, fields).draft())
                .fold(
                        connection -> Html.seeOther(path(page, connection) + "&new=true&done=connection-added"),
                        refusal -> page.refused(
                                refusal,
                                invalid -> Html.invalid(
                                        added(page, fields.kind(), fields.values(), FieldErrors.from(invalid)))));
    }

    private Fields with(PoolPage page, Fields fields) {
        return fields.with(secrets, TypedSecrets.owner(page.context().identity(), page.tenant()));
    }

    private static String path(PoolPage page, Connection connection) {
        return page.path("/connections/" + connection.id());
    }

    @GET
    @Path("{connectionId}")
    public Response show(@Context PoolPage page, @PathParam("connectionId") String connectionId) {
        Connection connection = find(page, connectionId);
        return Html.ok(draw(page, connection, values(connection), FieldErrors.NONE, Optional.empty()));
    }

    private Connection find(PoolPage page, String id) {
        return ConnectionId.parse(id)
                .flatMap(known -> connections.find(page.tenant(), known))
                .orElseThrow(PoolPage::notFound);
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
                connection.hook().map(Object::toString).orElse(""),
                connection.marketingMessages(),
                "",
                "");
    }

    private ConnectionPage draw(
            PoolPage page, Connection connection, Values values, FieldErrors errors, Optional<Check> check) {
        return new ConnectionPage(
                page.frame(connection.name()),
                Optional.of(connection.id().toString()),
                Kind.of(connection.driver()),
                values,
                errors,
                check,
                ratings.places(connection.tenant(), connections.senderIds(connection))
                        .map(ConnectionPage.NewChats::of),
                connections.hook(connection).toString(),
                ConnectionPage.Help.KNOWN);
    }

    @POST
    @Path("{connectionId}")
    public Response save(
            @Context PoolPage page, @PathParam("connectionId") String connectionId, @BeanParam Fields fields) {
        Connection connection = find(page, connectionId);
        return connections
                .change(
                        page.tenant(),
                        page.actor(),
                        connection.id(),
                        with(page, fields).draft())
                .fold(
                        changed -> Html.seeOther(path(page, changed) + "&done=connection-saved"),
                        refusal -> page.refused(
                                refusal,
                                invalid -> Html.invalid(draw(
                                        page,
                                        connection,
                                        fields.values(),
                                        FieldErrors.from(invalid),
                                        Optional.empty()))));
    }

    @POST
    @Path("{connectionId}/check")
    @WithFormRead
    public Response check(@Context PoolPage page, @PathParam("connectionId") String connectionId) {
        Connection connection = find(page, connectionId);
        return Html.ok(draw(
                page,
                connection,
                values(connection),
                FieldErrors.NONE,
                Optional.of(Check.of(checks.check(connection.tenant(), connection.id())))));
    }

    @POST
    @Path("{connectionId}/remove")
    @WithFormRead
    public Response remove(@Context PoolPage page, @PathParam("connectionId") String connectionId) {
        Connection connection = find(page, connectionId);
        return connections
                .remove(page.tenant(), page.actor(), connection.id())
                .fold(
                        removed -> Html.seeOther(page.path("/connections") + "&done=connection-removed"),
                        refusal -> page.refused(
                                refusal,
                                invalid -> Html.invalid(draw(
                                        page,
                                        connection,
                                        values(connection),
                                        FieldErrors.from(invalid),
                                        Optional.empty()))));
    }
}

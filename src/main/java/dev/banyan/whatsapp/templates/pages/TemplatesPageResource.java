package dev.banyan.whatsapp.templates.pages;

import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.Html;
import dev.banyan.whatsapp.ConnectionId;
import dev.banyan.whatsapp.DriverKind;
import dev.banyan.whatsapp.board.PoolPages;
import dev.banyan.whatsapp.connections.Connection;
import dev.banyan.whatsapp.connections.Connections;
import dev.banyan.whatsapp.drivers.MessageTemplate;
import dev.banyan.whatsapp.templates.TemplatePreview;
import dev.banyan.whatsapp.templates.Templates;
import dev.banyan.whatsapp.templates.Templates.Found;
import dev.banyan.whatsapp.templates.pages.TemplatePage.Form;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/// The templates of a connection, in the browser: the list, previews and test messages.
@Path("/admin/pools/connections")
@RunOnVirtualThread
class TemplatesPageResource {

    private static final String PATH = "/admin/pools/connections";

    private final PoolPages rooms;
    private final Connections connections;
    private final Templates templates;

    TemplatesPageResource(PoolPages rooms, Connections connections, Templates templates) {
        this.rooms = rooms;
        this.connections = connections;
        this.templates = templates;
    }

    /// Leads from places that know no connection to the templates of the only one that has any, or to the list of
    /// connections.
    @GET
    @Path("templates")
    public Response any(@Context Call call) {
        return rooms.act(call, "", context -> {
            List<Connection> cloud = connections.list(context.root().id()).stream()
                    .map(Connections.Listed::connection)
                    .filter(one -> one.driver() == DriverKind.CLOUD)
                    .toList();
            return Html.seeOther(
                    cloud.size() == 1
                            ? path(context, cloud.getFirst().id())
                            : PATH + "?as=" + context.root().username());
        });
    }

    private static String path(AccountContext context, ConnectionId id) {
        return PATH + "/" + id + "/templates?as=" + context.root().username();
    }

    @GET
    @Path("{connectionId}/templates")
    public Response list(@Context Call call, @PathParam("connectionId") String connectionId) {
        return on(
                call,
                connectionId,
                "",
                (context, id) -> templates
                        .list(context.root().id(), id)
                        .map(found -> Html.ok(TemplatesPage.of(rooms.frame(call, context, "Templates"), found))));
    }

    private Response on(
            Call call, String id, String as, BiFunction<AccountContext, ConnectionId, Optional<Response>> work) {
        return rooms.act(
                call,
                as,
                context -> ConnectionId.parse(id)
                        .flatMap(known -> work.apply(context, known))
                        .orElseGet(() -> rooms.unknown(call)));
    }

    @POST
    @Path("{connectionId}/templates/sync")
    public Response sync(
            @Context Call call,
            @PathParam("connectionId") String connectionId,
            @FormParam("as") @DefaultValue("") String as) {
        return on(
                call,
                connectionId,
                as,
                (context, id) -> templates
                        .sync(context.root().id(), id)
                        .map(found -> Html.seeOther(
                                path(context, id) + (found.problem().isEmpty() ? "&done=templates-synced" : ""))));
    }

    @GET
    @Path("{connectionId}/templates/{templateId}")
    public Response show(
            @Context Call call,
            @PathParam("connectionId") String connectionId,
            @PathParam("templateId") String templateId) {
        return on(
                call,
                connectionId,
                "",
                (context, id) -> Optional.of(page(call, context, id, templateId, Form.EMPTY, FieldErrors.NONE)
                        .map(Html::ok)
                        .orElseGet(() -> gone(call, context, id))));
    }

    /// A template may have been deleted at WhatsApp: the list says what is left.
    private Response gone(Call call, AccountContext context, ConnectionId id) {
        return templates
                .list(context.root().id(), id)
                .map(_ -> Html.seeOther(path(context, id)))
                .orElseGet(() -> rooms.unknown(call));
    }

    private Optional<TemplatePage> page(
            Call call, AccountContext context, ConnectionId id, String templateId, Form form, FieldErrors errors) {
        Optional<Found> found = templates.list(context.root().id(), id);
        return found.flatMap(one -> one.template(templateId))
                .map(template -> new TemplatePage(
                        rooms.frame(call, context, template.name()),
                        id.toString(),
                        found.get().connection().name(),
                        TemplatesPage.Row.of(template),
                        TemplatePreview.of(template),
                        numbers(context, id),
                        values(template, form),
                        form,
                        errors,
                        Templates.untestable(template).orElse("")));
    }

    private List<Choice> numbers(AccountContext context, ConnectionId id) {
        return templates.numbers(context.root().id(), id).stream()
                .map(number -> new Choice(
                        number.id().value(),
                        number.displayName()
                                + number.phone()
                                        .map(phone -> ", " + phone.e164())
                                        .orElse("")))
                .toList();
    }

    /// Offers the examples of the template as values.
    private static List<TemplatePage.Value> values(MessageTemplate template, Form form) {
        List<String> labels = Templates.fields(template);
        List<String> typed = form.values().isEmpty() ? Templates.examples(template) : form.values();
        var values = new ArrayList<TemplatePage.Value>();
        for (int i = 0; i < labels.size(); i++) {
            values.add(new TemplatePage.Value("t-value-" + i, labels.get(i), i < typed.size() ? typed.get(i) : ""));
        }
        return values;
    }

    @POST
    @Path("{connectionId}/templates/{templateId}/test")
    public Response test(
            @Context Call call,
            @PathParam("connectionId") String connectionId,
            @PathParam("templateId") String templateId,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("from") @DefaultValue("") String from,
            @FormParam("to") @DefaultValue("") String to,
            @FormParam("value") List<String> value) {
        var form = new Form(from, to, List.copyOf(value));
        return on(
                call,
                connectionId,
                as,
                (context, id) -> Optional.of(templates
                        .test(
                                context.root().id(),
                                context.actor(),
                                id,
                                new Templates.Trial(templateId, from, to, form.values()))
                        .fold(
                                _ -> Html.seeOther(PATH + "/" + id + "/templates/" + templateId + "?as="
                                        + context.root().username() + "&done=template-tested"),
                                refusal -> rooms.refused(
                                        call,
                                        refusal,
                                        invalid -> page(call, context, id, templateId, form, FieldErrors.from(invalid))
                                                .map(Html::invalid)
                                                .orElseGet(() -> gone(call, context, id))))));
    }
}

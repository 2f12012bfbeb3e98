package dev.banyan.whatsapp.templates;

import module java.base;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.Html;
import dev.banyan.whatsapp.ConnectionId;
import dev.banyan.whatsapp.access.PoolPages.PoolPage;
import dev.banyan.whatsapp.connections.Connection;
import dev.banyan.whatsapp.connections.Connections;
import dev.banyan.whatsapp.drivers.MessageTemplate;
import dev.banyan.whatsapp.templates.TemplatePage.Form;
import dev.banyan.whatsapp.templates.Templates.Found;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.WithFormRead;

/// The templates of a connection, in the browser: the list, previews and test messages.
@Path("/admin/pools/connections")
@RunOnVirtualThread
class TemplatesPageResource {

    private final Connections connections;
    private final Templates templates;

    TemplatesPageResource(Connections connections, Templates templates) {
        this.connections = connections;
        this.templates = templates;
    }

    /// Leads from places that know no connection to the templates of the only one that has any, or to the
    /// list of connections.
    @GET
    @Path("templates")
    public Response any(@Context PoolPage page) {
        List<Connection> cloud = connections.list(page.tenant()).stream()
                .map(Connections.Listed::connection)
                .filter(one -> one.driver().isBusinessPlatform())
                .toList();
        return Html.seeOther(cloud.size() == 1 ? path(page, cloud.getFirst().id()) : page.path("/connections"));
    }

    private static String path(PoolPage page, ConnectionId id) {
        return page.path("/connections/" + id + "/templates");
    }

    @GET
    @Path("{connectionId}/templates")
    public Response list(@Context PoolPage page, @PathParam("connectionId") String connectionId) {
        return templates
                .list(page.tenant(), connection(connectionId))
                .map(found -> Html.ok(TemplatesPage.of(page.frame("Templates"), found)))
                .orElseThrow(PoolPage::notFound);
    }

    private static ConnectionId connection(String id) {
        return ConnectionId.parse(id).orElseThrow(PoolPage::notFound);
    }

    @POST
    @Path("{connectionId}/templates/sync")
    @WithFormRead
    public Response sync(@Context PoolPage page, @PathParam("connectionId") String connectionId) {
        ConnectionId id = connection(connectionId);
        Found found = templates.sync(page.tenant(), id).orElseThrow(PoolPage::notFound);
        return Html.seeOther(path(page, id) + (found.problem().isEmpty() ? "&done=templates-synced" : ""));
    }

    @GET
    @Path("{connectionId}/templates/{templateId}")
    public Response show(
            @Context PoolPage page,
            @PathParam("connectionId") String connectionId,
            @PathParam("templateId") String templateId) {
        ConnectionId id = connection(connectionId);
        return draw(page, id, templateId, Form.EMPTY, FieldErrors.NONE)
                .map(Html::ok)
                .orElseGet(() -> gone(page, id));
    }

    /// A template may have been deleted at WhatsApp: the list says what is left.
    private Response gone(PoolPage page, ConnectionId id) {
        return templates
                .list(page.tenant(), id)
                .map(_ -> Html.seeOther(path(page, id)))
                .orElseThrow(PoolPage::notFound);
    }

    private Optional<TemplatePage> draw(
            PoolPage page, ConnectionId id, String templateId, Form form, FieldErrors errors) {
        Optional<Found> found = templates.list(page.tenant(), id);
        return found.flatMap(one -> one.template(templateId))
                .map(template -> new TemplatePage(
                        page.frame(template.name()),
                        id.toString(),
                        found.get().connection().name(),
                        TemplatesPage.Row.of(template),
                        TemplatePreview.of(template),
                        numbers(page, id),
                        values(template, form),
                        form,
                        errors,
                        Templates.untestable(template).orElse(""),
                        TemplateChanges.unchangeable(template)
                                .map(PoolPage::sentence)
                                .orElse("")));
    }

    private List<Choice> numbers(PoolPage page, ConnectionId id) {
        return templates.numbers(page.tenant(), id).stream()
                .map(number -> new Choice(
                        number.id().value(),
                        number.shownName()
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
            @Context PoolPage page,
            @PathParam("connectionId") String connectionId,
            @PathParam("templateId") String templateId,
            @FormParam("from") @DefaultValue("") String from,
            @FormParam("to") @DefaultValue("") String to,
            @FormParam("value") List<String> value) {
        var form = new Form(from, to, List.copyOf(value));
        ConnectionId id = connection(connectionId);
        return templates
                .test(page.tenant(), page.actor(), id, new Templates.Trial(templateId, from, to, form.values()))
                .fold(
                        _ -> Html.seeOther(
                                page.path("/connections/" + id + "/templates/" + templateId) + "&done=template-tested"),
                        refusal -> page.refused(
                                refusal,
                                invalid -> draw(page, id, templateId, form, FieldErrors.from(invalid))
                                        .map(Html::invalid)
                                        .orElseGet(() -> gone(page, id))));
    }
}

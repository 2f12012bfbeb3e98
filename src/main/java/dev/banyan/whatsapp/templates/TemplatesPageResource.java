package dev.banyan.whatsapp.templates;

import module java.base;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.answer.EarlyAnswer;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.Confirmation;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.whatsapp.ConnectionId;
import dev.banyan.whatsapp.access.PoolPages.PoolPage;
import dev.banyan.whatsapp.connections.Connection;
import dev.banyan.whatsapp.connections.Connections;
import dev.banyan.whatsapp.drivers.MessageTemplate;
import dev.banyan.whatsapp.drivers.TemplateDraft;
import dev.banyan.whatsapp.drivers.TemplateDraft.Header;
import dev.banyan.whatsapp.templates.TemplateChanges.Deletion;
import dev.banyan.whatsapp.templates.TemplateChanges.Saved;
import dev.banyan.whatsapp.templates.TemplateFormPage.Kept;
import dev.banyan.whatsapp.templates.TemplatePage.Form;
import dev.banyan.whatsapp.templates.Templates.Found;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.*;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jboss.resteasy.reactive.server.WithFormRead;

/// The templates of a connection, in the browser: the list, previews and test messages; creates, translates, changes
/// and deletes them.
@Path("/admin/pools/connections")
@RunOnVirtualThread
class TemplatesPageResource {

    private static final String ALL = "all";

    private final Connections connections;
    private final Templates templates;
    private final TemplateChanges changes;

    TemplatesPageResource(Connections connections, Templates templates, TemplateChanges changes) {
        this.connections = connections;
        this.templates = templates;
        this.changes = changes;
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

    /// Drivers without templates have a list that says so, and no forms.
    private Found found(PoolPage page, String connectionId) {
        Found found = ConnectionId.parse(connectionId)
                .flatMap(id -> templates.list(page.tenant(), id))
                .orElseThrow(PoolPage::notFound);
        if (!found.connection().driver().isBusinessPlatform()) {
            throw new EarlyAnswer(Html.seeOther(path(page, found.connection(), "")));
        }
        return found;
    }

    private static MessageTemplate template(Found found, String id) {
        return found.template(id).orElseThrow(PoolPage::notFound);
    }

    private static String path(PoolPage page, Connection connection, String below) {
        return page.path("/connections/" + connection.id() + "/templates" + below);
    }

    /// Shows an empty form, or with `like` a template that gets another language.
    @GET
    @Path("{connectionId}/templates/new")
    public Response form(@Context PoolPage page, @PathParam("connectionId") String connectionId) {
        Found found = found(page, connectionId);
        Optional<TemplateDraft> model =
                page.query("like").flatMap(found::template).map(TemplateDraft::of);
        return Html.ok(draw(
                page,
                found,
                model.isPresent() ? new Kept("", true, false) : Kept.NOTHING,
                model.map(TemplatesPageResource::withoutLanguage).orElse(TemplateInput.EMPTY)));
    }

    private static TemplateDraft withoutLanguage(TemplateDraft model) {
        return new TemplateDraft(
                model.name(),
                "",
                model.category(),
                model.header(),
                model.body(),
                model.examples(),
                model.footer(),
                model.buttons(),
                model.code());
    }

    private static TemplateFormPage draw(PoolPage page, Found found, Kept kept, TemplateDraft draft) {
        return TemplateFormPage.of(
                frame(page, kept),
                found.connection(),
                kept,
                TemplateInput.FIELDS.texts(draft),
                draft,
                FieldErrors.NONE);
    }

    private static PageFrame frame(PoolPage page, Kept kept) {
        return page.frame(kept.isEdit() ? "Edit template" : "Create template");
    }

    private static TemplateFormPage draw(
            PoolPage page, Connection connection, Kept kept, TemplateForm form, List<Invalid> errors) {
        return TemplateFormPage.of(
                frame(page, kept),
                connection,
                kept,
                form.typed(),
                form.read().fold(draft -> draft, _ -> TemplateInput.EMPTY),
                FieldErrors.from(errors));
    }

    /// Draws what was typed again, with its preview. Nothing is kept.
    @POST
    @Path("{connectionId}/templates/preview")
    @Consumes({MediaType.MULTIPART_FORM_DATA, MediaType.APPLICATION_FORM_URLENCODED})
    public Response preview(
            @Context PoolPage page,
            @PathParam("connectionId") String connectionId,
            @FormParam("templateId") @DefaultValue("") String templateId,
            @BeanParam TemplateForm form) {
        Found found = found(page, connectionId);
        Kept kept = found.template(templateId).map(TemplatesPageResource::kept).orElse(Kept.NOTHING);
        return Html.ok(draw(page, found.connection(), kept, form, List.of()));
    }

    private static Kept kept(MessageTemplate template) {
        return new Kept(template.id(), true, template.isSendable());
    }

    @POST
    @Path("{connectionId}/templates")
    @Consumes({MediaType.MULTIPART_FORM_DATA, MediaType.APPLICATION_FORM_URLENCODED})
    public Response create(
            @Context PoolPage page, @PathParam("connectionId") String connectionId, @BeanParam TemplateForm form) {
        Connection connection = found(page, connectionId).connection();
        return changes.create(
                        page.tenant(),
                        page.actor(),
                        connection.id(),
                        () -> form.read().then(draft -> withFile(page, connection, form, draft)))
                .fold(
                        (Saved _) -> Html.seeOther(path(page, connection, "") + "&done=template-submitted"),
                        refusal -> again(page, connection, Kept.NOTHING, form, refusal));
    }

    private Response again(PoolPage page, Connection connection, Kept kept, TemplateForm form, Refusal refusal) {
        return page.refused(refusal, invalid -> Html.invalid(draw(page, connection, kept, form, invalid)));
    }

    /// Gives WhatsApp the chosen file. All else is checked first: what is refused has to be sent again.
    private Outcome<TemplateDraft> withFile(
            PoolPage page, Connection connection, TemplateForm form, TemplateDraft draft) {
        if (!draft.header().isFile() || form.file().isEmpty()) {
            return Outcome.done(draft);
        }
        List<Invalid> broken = TemplateRules.broken(with(draft, "chosen"));
        return broken.isEmpty()
                ? changes.upload(
                                page.tenant(),
                                connection.id(),
                                form.file().map(FileUpload::uploadedFile),
                                form.file().map(FileUpload::fileName).orElse("example"))
                        .map(handle -> with(draft, handle))
                : Outcome.rejected(broken);
    }

    private static TemplateDraft with(TemplateDraft draft, String handle) {
        return new TemplateDraft(
                draft.name(),
                draft.language(),
                draft.category(),
                new Header(draft.header().kind(), draft.header().text(), handle),
                draft.body(),
                draft.examples(),
                draft.footer(),
                draft.buttons(),
                draft.code());
    }

    @GET
    @Path("{connectionId}/templates/{templateId}/edit")
    public Response edit(
            @Context PoolPage page,
            @PathParam("connectionId") String connectionId,
            @PathParam("templateId") String templateId) {
        Found found = found(page, connectionId);
        MessageTemplate template = template(found, templateId);
        return TemplateChanges.unchangeable(template).isPresent()
                ? Html.seeOther(path(page, found.connection(), "/" + templateId))
                : Html.ok(draw(page, found, kept(template), TemplateDraft.of(template)));
    }

    @POST
    @Path("{connectionId}/templates/{templateId}/edit")
    @Consumes({MediaType.MULTIPART_FORM_DATA, MediaType.APPLICATION_FORM_URLENCODED})
    public Response change(
            @Context PoolPage page,
            @PathParam("connectionId") String connectionId,
            @PathParam("templateId") String templateId,
            @BeanParam TemplateForm form) {
        Found found = found(page, connectionId);
        Connection connection = found.connection();
        Kept kept = kept(template(found, templateId));
        return changes.change(
                        page.tenant(),
                        page.actor(),
                        connection.id(),
                        templateId,
                        _ -> form.read().then(draft -> withFile(page, connection, form, draft)))
                .fold(
                        (Saved _) -> Html.seeOther(path(page, connection, "/" + templateId) + "&done=template-changed"),
                        refusal -> again(page, connection, kept, form, refusal));
    }

    @GET
    @Path("{connectionId}/templates/{templateId}/delete")
    public Response confirmDelete(
            @Context PoolPage page,
            @PathParam("connectionId") String connectionId,
            @PathParam("templateId") String templateId) {
        Found found = found(page, connectionId);
        return confirmDelete(page, found, template(found, templateId), Optional.empty());
    }

    private Response confirmDelete(PoolPage page, Found found, MessageTemplate template, Optional<String> refused) {
        Connection connection = found.connection();
        String here = "/admin/pools/connections/" + connection.id();
        PageFrame frame = page.frame("Delete template");
        List<String> languages = found.templates().stream()
                .filter(one -> one.name().equals(template.name()))
                .map(MessageTemplate::language)
                .toList();
        List<String> users = changes.users(page.tenant(), connection.id(), template.name(), Optional.empty());
        var confirm = Confirmation.asking(
                        "delete", "Delete “<bdi>{}</bdi>” ({})?", template.name(), template.language())
                .keep("Cancel", here + "/templates/" + template.id() + frame.query())
                .under("Numbers", PoolPage.BOARD)
                .underNamed(connection.name(), here)
                .under("Templates", here + "/templates")
                .problem(refused.map(why -> new FormProblem("Nothing was deleted.", why)))
                .sentence("WhatsApp deletes it at once. This can’t be undone:")
                .fact("Messages with it can no longer be sent")
                .fact("Its name can’t be used again for 30 days")
                .action("Delete template", here + "/templates/" + template.id() + "/delete");
        if (!users.isEmpty()) {
            confirm.note(
                    Html.text("These campaigns use it, and their messages will fail"),
                    Html.text("{}", String.join(", ", users)));
        }
        if (languages.size() > 1) {
            confirm.select(new Confirmation.Select(
                    "languages",
                    "Languages",
                    "Choose…",
                    List.of(
                            new Choice("one", "Only this one: " + template.language()),
                            new Choice(ALL, "All of them: " + String.join(", ", languages))),
                    "Translations are deleted one by one or together.",
                    Optional.empty()));
        }
        return Html.answer(refused.isPresent() ? 422 : 200, confirm.on(page.call(), frame, "Delete"));
    }

    /// The campaigns that use it were named by the question.
    @POST
    @Path("{connectionId}/templates/{templateId}/delete")
    public Response delete(
            @Context PoolPage page,
            @PathParam("connectionId") String connectionId,
            @PathParam("templateId") String templateId,
            @FormParam("languages") @DefaultValue("") String languages) {
        Found found = found(page, connectionId);
        MessageTemplate template = template(found, templateId);
        return changes.delete(
                        page.tenant(),
                        page.actor(),
                        found.connection().id(),
                        new Deletion(templateId, languages.equals(ALL), true))
                .fold(
                        _ -> Html.seeOther(page.call(), path(page, found.connection(), "") + "&done=template-deleted"),
                        refusal -> page.refused(
                                refusal,
                                invalid -> confirmDelete(
                                        page,
                                        found,
                                        template,
                                        Optional.of(invalid.getFirst().userMessage()))));
    }
}

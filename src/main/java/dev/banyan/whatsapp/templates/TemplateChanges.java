package dev.banyan.whatsapp.templates;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Owner;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.web.json.ApiDescription;
import dev.banyan.whatsapp.ConnectionId;
import dev.banyan.whatsapp.campaigns.Campaigns;
import dev.banyan.whatsapp.connections.Connection;
import dev.banyan.whatsapp.connections.Connections;
import dev.banyan.whatsapp.drivers.GatewayAccess;
import dev.banyan.whatsapp.drivers.GatewayAnswer;
import dev.banyan.whatsapp.drivers.GatewayTemplates;
import dev.banyan.whatsapp.drivers.Lines;
import dev.banyan.whatsapp.drivers.MessageTemplate;
import dev.banyan.whatsapp.drivers.TemplateDraft;
import dev.banyan.whatsapp.messages.MediaTypes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// Submits templates to WhatsApp, changes and deletes them. Those who may manage a connection may do so.
@Singleton
record TemplateChanges(
        Templates templates,
        Connections connections,
        Lines lines,
        GatewayTemplates gateways,
        Campaigns campaigns,
        Database database,
        Audit audit) {

    static final int LARGEST_FILE = 16 << 20;

    private static final Set<String> EDITABLE = Set.of("APPROVED", "REJECTED", "PAUSED");
    private static final Set<String> FILES =
            Set.of("image/jpeg", "image/png", "video/mp4", "video/3gpp", "application/pdf");

    /// What WhatsApp has taken.
    @Schema(
            name = "SavedTemplate",
            extensions = @Extension(name = ApiDescription.ENVELOPE, value = "SavedTemplateAnswer"))
    public record Saved(
            @Schema(description = "WhatsApp’s id of the template; its status is in the list")
            String id,

            String name,
            String language) {}

    /// What is deleted.
    ///
    /// @param allLanguages whether all templates of its name are deleted with it
    /// @param evenIfUsed whether campaigns that use it don't matter
    public record Deletion(String template, boolean allLanguages, boolean evenIfUsed) {}

    /// Returns why a template can't be changed from here; empty if it can.
    public static Optional<String> unchangeable(MessageTemplate template) {
        if (!EDITABLE.contains(template.status())) {
            return Optional.of("WhatsApp changes templates only while they are approved, rejected or paused");
        }
        return template.isSimple()
                ? Optional.empty()
                : Optional.of("This template has parts that can only be changed in WhatsApp Manager");
    }

    /// Submits a new template, or an existing one in another language.
    ///
    /// @param wanted read once the connection is found
    public Outcome<Saved> create(
            AccountId tenant, Actor actor, ConnectionId id, Supplier<Outcome<TemplateDraft>> wanted) {
        return open(tenant, id)
                .then(access -> wanted.get()
                        .then(TemplateChanges::checked)
                        .then(draft -> told(gateways.save(access, Optional.empty(), draft))
                                .map(created -> saved(actor, access.connection(), "TemplateCreated", created, draft))));
    }

    /// Changes a template and submits it again.
    public Outcome<Saved> change(
            AccountId tenant,
            Actor actor,
            ConnectionId id,
            String template,
            Function<TemplateDraft, Outcome<TemplateDraft>> change) {
        return open(tenant, id)
                .then(access -> find(tenant, id, template)
                        .then(before -> unchangeable(before)
                                .<Outcome<Saved>>map(Outcome::conflict)
                                .orElseGet(() -> change.apply(TemplateDraft.of(before))
                                        .then(draft -> checked(before, draft))
                                        .then(draft -> told(gateways.save(access, Optional.of(before), draft))
                                                .map(same -> saved(
                                                        actor,
                                                        access.connection(),
                                                        "TemplateChanged",
                                                        same,
                                                        draft))))));
    }

    private Outcome<GatewayAccess> open(AccountId tenant, ConnectionId id) {
        if (connections.find(tenant, id).isEmpty()) {
            return Outcome.notFound();
        }
        return connections
                .open(tenant, id)
                .map(lines::access)
                .map(Outcome::done)
                .orElseGet(() -> Outcome.conflict(Templates.NO_CREDENTIALS));
    }

    private Outcome<MessageTemplate> find(AccountId tenant, ConnectionId id, String template) {
        Optional<Templates.Found> found = templates.list(tenant, id);
        return found.flatMap(all -> all.template(template))
                .map(Outcome::done)
                .orElseGet(() ->
                        Outcome.conflict(found.flatMap(Templates.Found::problem).orElse(Templates.NOT_LISTED)));
    }

    private static Outcome<TemplateDraft> checked(TemplateDraft draft) {
        List<Invalid> broken = TemplateRules.broken(draft);
        return broken.isEmpty() ? Outcome.done(draft) : Outcome.rejected(broken);
    }

    private static Outcome<TemplateDraft> checked(MessageTemplate before, TemplateDraft draft) {
        if (!draft.name().equals(before.name()) || !draft.language().equals(before.language())) {
            return Outcome.rejected(
                    new Invalid("name", "Name and language can’t be changed. Create another template instead"));
        }
        if (before.isSendable() && !before.category().equalsIgnoreCase(draft.category())) {
            return Outcome.rejected(
                    new Invalid("category", "WhatsApp doesn’t change the category of an approved template"));
        }
        return checked(draft);
    }

    private static <T> Outcome<T> told(GatewayAnswer<T> answer) {
        return switch (answer) {
            case GatewayAnswer.Done<T>(T value) -> Outcome.done(value);
            case GatewayAnswer.Failed<T>(GatewayAnswer.Trouble trouble) -> Outcome.conflict(trouble.sentence());
        };
    }

    private Saved saved(Actor actor, Connection connection, String act, String id, TemplateDraft draft) {
        note(actor, connection, act, Map.of("name", draft.name(), "language", draft.language()));
        return new Saved(id, draft.name(), draft.language());
    }

    private void note(Actor actor, Connection connection, String act, Map<String, String> details) {
        var owner = new Owner(connection.tenant(), connection.tenant());
        database.write(tx -> {
            audit.note(tx, actor, owner, act, connection.id().toString(), details);
            return act;
        });
    }

    /// Returns the names of campaigns that have not ended and use a template.
    ///
    /// @param language empty: in any
    public List<String> users(AccountId tenant, ConnectionId id, String name, Optional<String> language) {
        return campaigns.usingTemplate(
                tenant,
                templates.numbers(tenant, id).stream()
                        .map(number -> number.masterId().orElse(number.id()))
                        .collect(Collectors.toSet()),
                name,
                language);
    }

    /// Deletes a template in one language or in all.
    public Outcome<Saved> delete(AccountId tenant, Actor actor, ConnectionId id, Deletion deletion) {
        return open(tenant, id)
                .then(access -> find(tenant, id, deletion.template()).then(template -> {
                    Optional<String> only = Optional.of(template.id()).filter(_ -> !deletion.allLanguages());
                    List<String> users = deletion.evenIfUsed()
                            ? List.of()
                            : users(tenant, id, template.name(), only.map(_ -> template.language()));
                    if (!users.isEmpty()) {
                        return Outcome.conflict("These campaigns use the template: " + String.join(", ", users));
                    }
                    return told(gateways.delete(access, template.name(), only)).map(_ -> {
                        String languages = only.map(_ -> template.language()).orElse("all");
                        note(
                                actor,
                                access.connection(),
                                "TemplateDeleted",
                                Map.of("name", template.name(), "language", languages));
                        return new Saved(template.id(), template.name(), template.language());
                    });
                }));
    }

    /// Gives WhatsApp an example of a header that is a file.
    ///
    /// @param file empty if none was sent
    /// @return what the header's `headerExample` is
    public Outcome<String> upload(AccountId tenant, ConnectionId id, Optional<Path> file, String name) {
        return open(tenant, id)
                .then(access -> file.map(given -> upload(access, given, name))
                        .orElseGet(() -> Outcome.rejected(new Invalid("file", "A file is required"))));
    }

    private Outcome<String> upload(GatewayAccess access, Path file, String name) {
        String type = MediaTypes.of(file, name);
        if (!FILES.contains(type)) {
            return Outcome.rejected(new Invalid(
                    "headerExample", "The example must be a JPEG or PNG picture, an MP4 video, or a PDF document"));
        }
        try (var content = Files.newInputStream(file)) {
            byte[] bytes = content.readNBytes(LARGEST_FILE + 1);
            return bytes.length > LARGEST_FILE
                    ? Outcome.rejected(new Invalid("headerExample", "The example file must be 16 MB or smaller"))
                    : told(gateways.upload(access, name, type, bytes));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}

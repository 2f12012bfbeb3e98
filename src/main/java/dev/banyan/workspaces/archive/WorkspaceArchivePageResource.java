package dev.banyan.workspaces.archive;

import module java.base;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.FileAnswers;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.workspaces.access.ProjectGuard.ProjectPage;
import dev.banyan.workspaces.access.ProjectGuard.WorkspacePage;
import dev.banyan.workspaces.access.Workspaces;
import dev.banyan.workspaces.archive.WorkspaceExports.Exported;
import dev.banyan.workspaces.archive.WorkspaceImports.Imported;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.*;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;

/// Export of a workspace to a file, for owners only, and import, for the project's side.
@Path("/projects")
@RunOnVirtualThread
class WorkspaceArchivePageResource {

    private final WorkspaceExports exports;
    private final WorkspaceImports imports;
    private final Settings settings;

    WorkspaceArchivePageResource(WorkspaceExports exports, WorkspaceImports imports, Settings settings) {
        this.exports = exports;
        this.imports = imports;
        this.settings = settings;
    }

    /// @param hashes `yes` includes the users' password hashes
    @GET
    @Path("{projectId}/sub-clients/{subClientId}/export")
    public Response export(@Context WorkspacePage page, @QueryParam("hashes") @DefaultValue("") String hashes) {
        return switch (exports.export(page.actor(), page.id(), page.workspace().id(), hashes.equals("yes"))) {
            case Outcome.Done<Exported>(Exported exported) -> file(exported);
            case Outcome.Refused<Exported>(Refusal.Forbidden _) ->
                throw page.forOwners("Ask an owner of the account to export this workspace.");
            case Outcome.Refused<Exported>(Refusal.Conflict _) ->
                Html.seeOther(page.as(page.base() + "/settings") + "&done=export-busy");
            case Outcome.Refused<Exported> _ -> throw page.unknown();
        };
    }

    private static Response file(Exported exported) {
        StreamingOutput bytes = out -> {
            try {
                Files.copy(exported.archive(), out);
            } finally {
                Files.deleteIfExists(exported.archive());
            }
        };
        String name = "workspace-" + exported.workspace().pathname() + ".zip";
        return FileAnswers.download(name, "application/zip", bytes).build();
    }

    @GET
    @Path("{projectId}/sub-clients/import")
    public Response form(@Context ProjectPage page) {
        return Html.ok(page(page, "", Optional.empty(), Optional.empty()));
    }

    private ImportWorkspacePage page(
            ProjectPage page, String name, Optional<String> found, Optional<FormProblem> problem) {
        return new ImportWorkspacePage(
                page.frame("Import workspace"),
                page.projectHead(),
                name,
                settings.uploadBytes() / (1024 * 1024) + " MB",
                found,
                problem);
    }

    @POST
    @Path("{projectId}/sub-clients/import")
    @Consumes({MediaType.MULTIPART_FORM_DATA, MediaType.APPLICATION_FORM_URLENCODED})
    public Response importArchive(
            @Context ProjectPage page,
            @FormParam("name") @DefaultValue("") String name,
            @FormParam("value") @DefaultValue("") String value,
            @FormParam("file") @Nullable FileUpload file) {
        if (file == null || file.size() == 0) {
            return refused(page, name, "No file selected.", "Select a workspace archive and try again.");
        }
        Optional<String> wanted = Optional.of(name.strip()).filter(text -> !text.isEmpty());
        return switch (imports.run(page.context(), page.id(), file.uploadedFile(), wanted, !value.equals("import"))) {
            case Imported.Done done
            when done.dryRun() -> Html.ok(page(page, name, Optional.of(words(done)), Optional.empty()));
            case Imported.Done done ->
                Html.seeOther(page.as(page.of(done.workspace().id())) + "&done=workspace-imported");
            case Imported.Broken(String why) ->
                refused(page, name, "We can’t import this archive.", why + ". Nothing was imported.");
            case Imported.Refused(Workspaces.Created why) -> refused(page, name, why);
            case Imported.Busy _ ->
                refused(page, name, "Another import is running.", "Try again when it has finished.");
        };
    }

    private Response refused(ProjectPage page, String name, Workspaces.Created why) {
        return switch (why) {
            case Workspaces.Created.Refused(Refusal.LimitReached limit) ->
                refused(
                        page,
                        name,
                        "Workspace limit reached: " + limit.used() + " of " + limit.max() + ".",
                        "Delete one you no longer need, or ask your server operator for a higher limit.");
            case Workspaces.Created.NotEnabled _ ->
                refused(page, name, "Workspaces are turned off for this project.", "Turn them on first.");
            case Workspaces.Created.Refused(Refusal.Rejected rejected) ->
                refused(page, name, "This name isn’t valid.", rejected.first().userMessage());
            case Workspaces.Created.Refused _, Workspaces.Created.Done _ -> throw page.unknown();
        };
    }

    private Response refused(ProjectPage page, String name, String title, String text) {
        return Html.invalid(page(page, name, Optional.empty(), Optional.of(new FormProblem(title, text))));
    }

    private static String words(Imported.Done done) {
        return "“" + done.workspace().name() + "” with "
                + done.rows().getOrDefault("sub_client_users", 0L) + " users, "
                + done.rows().getOrDefault("conversations", 0L) + " conversations, "
                + done.rows().getOrDefault("messages", 0L) + " messages and " + done.files() + " files";
    }
}

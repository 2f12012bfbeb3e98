package dev.banyan.workspaces.archive;

import module java.base;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspacePaths;
import dev.banyan.workspaces.access.ProjectGuard;
import dev.banyan.workspaces.access.ProjectGuard.Ground;
import dev.banyan.workspaces.access.ProjectHead;
import dev.banyan.workspaces.access.Workspaces;
import dev.banyan.workspaces.archive.WorkspaceExports.Exported;
import dev.banyan.workspaces.archive.WorkspaceImports.Imported;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;

/// Export of a workspace to a file, for owners only, and import, for the project's side.
@Path("/projects")
@RunOnVirtualThread
class WorkspaceArchivePageResource {

    private final ProjectGuard inProject;
    private final WorkspaceExports exports;
    private final WorkspaceImports imports;
    private final Settings settings;

    WorkspaceArchivePageResource(
            ProjectGuard inProject, WorkspaceExports exports, WorkspaceImports imports, Settings settings) {
        this.inProject = inProject;
        this.exports = exports;
        this.imports = imports;
        this.settings = settings;
    }

    /// @param hashes `yes` includes the users' password hashes
    @GET
    @Path("{projectId}/sub-clients/{subClientId}/export")
    public Response export(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @PathParam("subClientId") String id,
            @QueryParam("hashes") @DefaultValue("") String hashes) {
        return inProject.page(call, projectId, id, place -> switch (exports.export(
                place.actor(), place.project().id(), place.workspace().id(), hashes.equals("yes"))) {
            case Exported.NotFound _ -> inProject.unknown(call);
            case Exported.Forbidden _ ->
                inProject.forOwners(call, "Ask an owner of the account to export this workspace.");
            case Exported.Busy _ -> Html.seeOther(place.tab("/settings") + "&done=export-busy");
            case Exported.Done(Workspace workspace, java.nio.file.Path archive) -> {
                StreamingOutput bytes = out -> {
                    try {
                        Files.copy(archive, out);
                    } finally {
                        Files.deleteIfExists(archive);
                    }
                };
                yield Response.ok(bytes)
                        .type("application/zip")
                        .header(
                                "Content-Disposition",
                                "attachment; filename=\"workspace-" + workspace.pathname() + ".zip\"")
                        .header("Cache-Control", "no-store")
                        .build();
            }
        });
    }

    @GET
    @Path("{projectId}/sub-clients/import")
    public Response form(@Context Call call, @PathParam("projectId") String projectId) {
        return inProject.page(call, projectId, ground -> Html.ok(page(ground, "", Optional.empty(), Optional.empty())));
    }

    private ImportWorkspacePage page(
            Ground ground, String name, Optional<String> found, Optional<FormProblem> problem) {
        return new ImportWorkspacePage(
                inProject.shell(ground, "Import workspace"),
                ProjectHead.of(ground.project()),
                name,
                settings.uploadBytes() / (1024 * 1024) + " MB",
                found,
                problem);
    }

    @POST
    @Path("{projectId}/sub-clients/import")
    @Consumes({MediaType.MULTIPART_FORM_DATA, MediaType.APPLICATION_FORM_URLENCODED})
    public Response importArchive(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("name") @DefaultValue("") String name,
            @FormParam("value") @DefaultValue("") String value,
            @FormParam("file") @Nullable FileUpload file) {
        return inProject.form(call, as, projectId, ground -> {
            if (file == null || file.size() == 0) {
                return refused(ground, name, "No file selected.", "Select a workspace archive and try again.");
            }
            Optional<String> wanted = Optional.of(name.strip()).filter(text -> !text.isEmpty());
            return switch (imports.run(
                    ground.context(), ground.project().id(), file.uploadedFile(), wanted, !value.equals("import"))) {
                case Imported.Done done
                when done.dryRun() -> Html.ok(page(ground, name, Optional.of(words(done)), Optional.empty()));
                case Imported.Done done ->
                    Html.seeOther(WorkspacePaths.workspace(
                                    ground.project().id(), done.workspace().id())
                            + "?as=" + ground.context().acting().username() + "&done=workspace-imported");
                case Imported.Broken(String why) ->
                    refused(ground, name, "We can’t import this archive.", why + ". Nothing was imported.");
                case Imported.Refused(Workspaces.Created why) -> refused(call, ground, name, why);
                case Imported.Busy _ ->
                    refused(ground, name, "Another import is running.", "Try again when it has finished.");
            };
        });
    }

    private Response refused(Call call, Ground ground, String name, Workspaces.Created why) {
        return switch (why) {
            case Workspaces.Created.Refused(Refusal.LimitReached limit) ->
                refused(
                        ground,
                        name,
                        "Workspace limit reached: " + limit.used() + " of " + limit.max() + ".",
                        "Delete one you no longer need, or ask your server operator for a higher limit.");
            case Workspaces.Created.NotEnabled _ ->
                refused(ground, name, "Workspaces are turned off for this project.", "Turn them on first.");
            case Workspaces.Created.Refused(Refusal.Rejected rejected) ->
                refused(ground, name, "This name isn’t valid.", rejected.first().userMessage());
            case Workspaces.Created.Refused _, Workspaces.Created.Done _ -> inProject.unknown(call);
        };
    }

    private Response refused(Ground ground, String name, String title, String text) {
        return Html.invalid(page(ground, name, Optional.empty(), Optional.of(new FormProblem(title, text))));
    }

    private static String words(Imported.Done done) {
        return "“" + done.workspace().name() + "” with "
                + done.rows().getOrDefault("sub_client_users", 0L) + " users, "
                + done.rows().getOrDefault("conversations", 0L) + " conversations, "
                + done.rows().getOrDefault("messages", 0L) + " messages and " + done.files() + " files";
    }
}

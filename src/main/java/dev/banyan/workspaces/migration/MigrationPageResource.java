package dev.banyan.workspaces.migration;

import module java.base;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.OwnCommand;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.UploadedFile;
import dev.banyan.workspaces.Project;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.WorkspacePaths;
import dev.banyan.workspaces.access.ProjectGuard.ProjectPage;
import dev.banyan.workspaces.access.ProjectHead;
import dev.banyan.workspaces.access.Workspaces;
import dev.banyan.workspaces.migration.MigrationChecklist.Step;
import dev.banyan.workspaces.migration.UserImports.Imported;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.*;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;

/// The guide for migrating a project from the seed's server.
@Path("/projects")
@RunOnVirtualThread
class MigrationPageResource {

    private static final int LINES = 20;

    private final MigrationChecklist guides;
    private final MigrationJobs runs;
    private final UserImports users;
    private final Workspaces workspaces;
    private final Settings settings;

    MigrationPageResource(
            MigrationChecklist guides,
            MigrationJobs runs,
            UserImports users,
            Workspaces workspaces,
            Settings settings) {
        this.guides = guides;
        this.runs = runs;
        this.users = users;
        this.workspaces = workspaces;
        this.settings = settings;
    }

    @GET
    @Path("{projectId}/move-in")
    public Response show(@Context ProjectPage page) {
        return Html.ok(page(page, Optional.empty(), Optional.empty()));
    }

    private MigrationPage page(ProjectPage page, Optional<MigrationPage.Report> report, Optional<FormProblem> problem) {
        Project project = page.project();
        MigrationChecklist.Guide guide = guides.of(page.context(), project);
        return new MigrationPage(
                page.frame(project.name() + " – Migration"),
                ProjectHead.of(project),
                guide.points().stream()
                        .map(point -> MigrationTexts.row(point, guide.facts()))
                        .toList(),
                guide.done(),
                guide.offered().stream().map(this::choice).toList(),
                settings.uploadBytes() / (1024 * 1024) + " MB",
                OwnCommand.NAME + " migrate-project --account "
                        + page.context().acting().username() + " --project " + project.id()
                        + " --workspace "
                        + guide.offered().stream()
                                .findFirst()
                                .map(workspace -> workspace.id().value())
                                .orElse("ID")
                        + " --from data/OLD_PROJECT --dry-run",
                report,
                runs.progress(project.id()).map(MigrationTexts::run),
                problem);
    }

    private MigrationPage.Choice choice(Workspace workspace) {
        return new MigrationPage.Choice(
                workspace.id().value(), workspace.name(), WorkspacePaths.address(settings, workspace) + "/login");
    }

    private static String here(ProjectPage page) {
        return page.as("/projects/" + page.id() + "/move-in");
    }

    @POST
    @Path("{projectId}/move-in/steps")
    public Response tick(
            @Context ProjectPage page,
            @FormParam("step") @DefaultValue("") String step,
            @FormParam("value") @DefaultValue("") String value) {
        Step known = Keyed.parse(Step.class, step).orElseThrow(page::unknown);
        guides.tick(page.context(), page.project(), known, value.equals("done"));
        return Html.seeOther(here(page) + "#step-" + known.key());
    }

    @POST
    @Path("{projectId}/move-in/users")
    @Consumes({MediaType.MULTIPART_FORM_DATA, MediaType.APPLICATION_FORM_URLENCODED})
    public Response importUsers(
            @Context ProjectPage page,
            @FormParam("workspace") @DefaultValue("") String workspace,
            @FormParam("value") @DefaultValue("") String value,
            @FormParam("file") @Nullable FileUpload file) {
        Workspace found = find(page, workspace);
        if (file == null || file.size() == 0) {
            return noFile(page, "a user list");
        }
        Imported imported = users.run(
                page.actor(),
                page.id(),
                found.id(),
                UploadedFile.bytes(file, UserFile.LARGEST),
                !value.equals("import"));
        return switch (imported) {
            case Imported.Done(UserImports.Report report) ->
                Html.ok(page(page, Optional.of(MigrationTexts.report(report, LINES)), Optional.empty()));
            case Imported.Broken(String why) -> refused(page, new FormProblem("We can’t use this list.", why));
            case Imported.Refused _ -> throw page.unknown();
        };
    }

    private Response refused(ProjectPage page, FormProblem problem) {
        return Html.invalid(page(page, Optional.empty(), Optional.of(problem)));
    }

    private Response noFile(ProjectPage page, String what) {
        return refused(page, new FormProblem("No file selected.", "Select " + what + " and try again."));
    }

    @POST
    @Path("{projectId}/move-in/conversations")
    @Consumes({MediaType.MULTIPART_FORM_DATA, MediaType.APPLICATION_FORM_URLENCODED})
    public Response moveConversations(
            @Context ProjectPage page,
            @FormParam("workspace") @DefaultValue("") String workspace,
            @FormParam("owner") @DefaultValue("") String owner,
            @FormParam("value") @DefaultValue("") String value,
            @FormParam("file") @Nullable FileUpload file) {
        Workspace found = find(page, workspace);
        if (file == null || file.size() == 0) {
            return noFile(page, "a ZIP file of conversations");
        }
        boolean begun = runs.begin(
                page.actor(),
                found,
                file.uploadedFile(),
                Optional.of(owner.strip()).filter(text -> !text.isEmpty()),
                !value.equals("move"));
        return begun
                ? Html.seeOther(here(page) + "#run")
                : refused(page, new FormProblem("Another migration is running.", "Try again when it has finished."));
    }

    private Workspace find(ProjectPage page, String workspace) {
        return WorkspaceId.parse(workspace)
                .flatMap(id -> workspaces.find(page.context(), page.id(), id))
                .orElseThrow(page::unknown);
    }
}

package dev.banyan.workspaces.migration;

import module java.base;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.UploadedFile;
import dev.banyan.workspaces.Project;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.WorkspacePaths;
import dev.banyan.workspaces.access.ProjectGuard;
import dev.banyan.workspaces.access.ProjectGuard.Ground;
import dev.banyan.workspaces.access.ProjectHead;
import dev.banyan.workspaces.access.Workspaces;
import dev.banyan.workspaces.migration.MigrationChecklist.Step;
import dev.banyan.workspaces.migration.UserImports.Imported;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;

/// The guide for migrating a project from the seed's server.
@Path("/projects")
@RunOnVirtualThread
class MigrationPageResource {

    private static final int LINES = 20;

    private final ProjectGuard inProject;
    private final MigrationChecklist guides;
    private final MigrationJobs runs;
    private final UserImports users;
    private final Workspaces workspaces;
    private final Settings settings;

    MigrationPageResource(
            ProjectGuard inProject,
            MigrationChecklist guides,
            MigrationJobs runs,
            UserImports users,
            Workspaces workspaces,
            Settings settings) {
        this.inProject = inProject;
        this.guides = guides;
        this.runs = runs;
        this.users = users;
        this.workspaces = workspaces;
        this.settings = settings;
    }

    @GET
    @Path("{projectId}/move-in")
    public Response show(@Context Call call, @PathParam("projectId") String projectId) {
        return inProject.page(call, projectId, ground -> Html.ok(page(ground, Optional.empty(), Optional.empty())));
    }

    private MigrationPage page(Ground ground, Optional<MigrationPage.Report> report, Optional<FormProblem> problem) {
        Project project = ground.project();
        MigrationChecklist.Guide guide = guides.of(ground.context(), project);
        return new MigrationPage(
                inProject.shell(ground, "Migration to " + project.name()),
                ProjectHead.of(project),
                guide.points().stream()
                        .map(point -> MigrationTexts.row(point, guide.facts()))
                        .toList(),
                guide.done(),
                guide.offered().stream().map(this::choice).toList(),
                settings.uploadBytes() / (1024 * 1024) + " MB",
                "./banyan migrate-project --account "
                        + ground.context().acting().username() + " --project " + project.id()
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

    private static String here(Ground ground) {
        return "/projects/" + ground.project().id() + "/move-in?as="
                + ground.context().acting().username();
    }

    @POST
    @Path("{projectId}/move-in/steps")
    public Response tick(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("step") @DefaultValue("") String step,
            @FormParam("value") @DefaultValue("") String value) {
        return inProject.form(
                call,
                as,
                projectId,
                ground -> Keyed.parse(Step.class, step)
                        .map(known -> {
                            guides.tick(ground.context(), ground.project(), known, value.equals("done"));
                            return Html.seeOther(here(ground) + "#step-" + known.key());
                        })
                        .orElseGet(() -> inProject.unknown(call)));
    }

    @POST
    @Path("{projectId}/move-in/users")
    @Consumes({MediaType.MULTIPART_FORM_DATA, MediaType.APPLICATION_FORM_URLENCODED})
    public Response importUsers(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("workspace") @DefaultValue("") String workspace,
            @FormParam("value") @DefaultValue("") String value,
            @FormParam("file") @Nullable FileUpload file) {
        return into(call, as, projectId, workspace, ground -> found -> {
            if (file == null || file.size() == 0) {
                return noFile(ground, "a user list");
            }
            Imported imported = users.run(
                    ground.actor(),
                    ground.project().id(),
                    found.id(),
                    UploadedFile.bytes(file, UserFile.LARGEST),
                    !value.equals("import"));
            return switch (imported) {
                case Imported.Done(UserImports.Report report) ->
                    Html.ok(page(ground, Optional.of(MigrationTexts.report(report, LINES)), Optional.empty()));
                case Imported.Broken(String why) -> refused(ground, new FormProblem("We can’t use this list.", why));
                case Imported.Refused _ -> inProject.unknown(call);
            };
        });
    }

    private Response refused(Ground ground, FormProblem problem) {
        return Html.invalid(page(ground, Optional.empty(), Optional.of(problem)));
    }

    private Response noFile(Ground ground, String what) {
        return refused(ground, new FormProblem("No file selected.", "Select " + what + " and try again."));
    }

    @POST
    @Path("{projectId}/move-in/conversations")
    @Consumes({MediaType.MULTIPART_FORM_DATA, MediaType.APPLICATION_FORM_URLENCODED})
    public Response moveConversations(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("workspace") @DefaultValue("") String workspace,
            @FormParam("owner") @DefaultValue("") String owner,
            @FormParam("value") @DefaultValue("") String value,
            @FormParam("file") @Nullable FileUpload file) {
        return into(call, as, projectId, workspace, ground -> found -> {
            if (file == null || file.size() == 0) {
                return noFile(ground, "a ZIP file of conversations");
            }
            boolean begun = runs.begin(
                    ground.actor(),
                    found,
                    file.uploadedFile(),
                    Optional.of(owner.strip()).filter(text -> !text.isEmpty()),
                    !value.equals("move"));
            return begun
                    ? Html.seeOther(here(ground) + "#run")
                    : refused(
                            ground,
                            new FormProblem("Another migration is running.", "Try again when it has finished."));
        });
    }

    private Response into(
            Call call,
            String as,
            String projectId,
            String workspace,
            Function<Ground, Function<Workspace, Response>> work) {
        return inProject.form(
                call,
                as,
                projectId,
                ground -> WorkspaceId.parse(workspace)
                        .flatMap(id -> workspaces.find(
                                ground.context(), ground.project().id(), id))
                        .map(work.apply(ground))
                        .orElseGet(() -> inProject.unknown(call)));
    }
}

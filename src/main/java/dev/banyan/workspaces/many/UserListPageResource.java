package dev.banyan.workspaces.many;

import module java.base;
import dev.banyan.platform.CsvText;
import dev.banyan.platform.RowList;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.RunProgress;
import dev.banyan.platform.web.page.UploadedFile;
import dev.banyan.platform.web.page.Words;
import dev.banyan.workspaces.access.AdminEntrance;
import dev.banyan.workspaces.access.AdminRequest;
import dev.banyan.workspaces.access.InMenu;
import dev.banyan.workspaces.access.WorkspaceMenu;
import dev.banyan.workspaces.many.UserListPage.Line;
import dev.banyan.workspaces.many.UserListPage.Report;
import dev.banyan.workspaces.migration.UserFile;
import dev.banyan.workspaces.migration.UserImports;
import dev.banyan.workspaces.migration.UserImports.Fate;
import dev.banyan.workspaces.migration.UserImports.Imported;
import dev.banyan.workspaces.migration.UserImports.ReportLine;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.*;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;

/// Many new users of a workspace from a list: a preview says what becomes of each line, then they are added.
@InMenu(WorkspaceMenu.USERS)
abstract class UserListPageResource {

    private static final int SHOWN = 300;

    private final UserImports users;
    private final UserListRuns runs;

    private UserListPageResource(UserImports users, UserListRuns runs) {
        this.users = users;
        this.runs = runs;
    }

    @Path(AdminEntrance.OF_PROJECT)
    @RunOnVirtualThread
    static class OfProjectResource extends UserListPageResource {

        OfProjectResource(UserImports users, UserListRuns runs) {
            super(users, runs);
        }
    }

    @Path(AdminEntrance.OF_ADMINS)
    @RunOnVirtualThread
    static class OfAdminsResource extends UserListPageResource {

        OfAdminsResource(UserImports users, UserListRuns runs) {
            super(users, runs);
        }
    }

    @GET
    @Path("users/import")
    public Response form(@Context AdminRequest request) {
        return users.add(request.actor(), request.project(), request.id(), List.of(), true)
                        instanceof Imported.Refused(var refusal)
                ? request.refused(refusal)
                : Html.ok(runs.of(request.id())
                        .map(run -> page(request, run))
                        .orElseGet(() -> page(request, "", false, Optional.empty(), Optional.empty())));
    }

    /// Asked first whether it runs: all lines of a run that is over are there.
    private static UserListPage page(AdminRequest request, UserListRuns.Import run) {
        Optional<RunProgress> running = RunProgress.of(run, request.path("/users/import"));
        if (running.isPresent()) {
            return page(request, "", false, Optional.empty(), running, Optional.empty());
        }
        UserImports.Report report = run.report();
        Optional<FormProblem> problem = run.isBroken()
                ? Optional.of(new FormProblem(
                        "The import stopped early.",
                        report.lines().size() + " of " + run.total()
                                + " lines were done. Send the same list again to continue."))
                : Optional.empty();
        return page(
                request,
                "",
                false,
                problem,
                Optional.empty(),
                Optional.of(report(report).withForm()));
    }

    private static UserListPage page(
            AdminRequest request,
            String list,
            boolean invites,
            Optional<FormProblem> problem,
            Optional<Report> report) {
        return page(request, list, invites, problem, Optional.empty(), report);
    }

    private static UserListPage page(
            AdminRequest request,
            String list,
            boolean invites,
            Optional<FormProblem> problem,
            Optional<RunProgress> running,
            Optional<Report> report) {
        return new UserListPage(request.frame("Import users"), list, invites, problem, running, report);
    }

    @POST
    @Path("users/import")
    @Consumes({MediaType.MULTIPART_FORM_DATA, MediaType.APPLICATION_FORM_URLENCODED})
    public Response add(
            @Context AdminRequest request,
            @FormParam("pasted") @DefaultValue("") String list,
            @FormParam("file") @Nullable FileUpload file,
            @FormParam("mode") @DefaultValue("") String mode,
            @FormParam("value") @DefaultValue("") String value) {
        boolean invites = mode.equals("invite");
        String text = list;
        try {
            text = RowList.text(list, UploadedFile.bytes(file, RowList.LARGEST));
            return switch (UserFile.read(CsvText.of(text), UserListResource.MOST)) {
                case UserFile.Read.Broken(String why) -> refused(request, text, invites, why + ".");
                case UserFile.Read.Lines(List<UserFile.Line> lines, var _)
                when lines.isEmpty() -> refused(request, text, invites, "The list is empty. Add a line for each user.");
                case UserFile.Read.Lines read -> run(request, text, read, invites, !value.equals("add"));
            };
        } catch (RowList.Broken broken) {
            return refused(request, text, invites, broken.why());
        }
    }

    private static Response refused(AdminRequest request, String text, boolean invites, String why) {
        return Html.invalid(page(
                request,
                text,
                invites,
                Optional.of(new FormProblem("We can’t use this list.", why)),
                Optional.empty()));
    }

    private Response run(AdminRequest request, String text, UserFile.Read.Lines read, boolean invites, boolean dryRun) {
        List<UserFile.Line> lines = read.lines();
        List<UserFile.Line> wanted = lines.stream()
                .map(line -> invites ? line.withoutPassword() : line)
                .toList();
        if (!dryRun && lines.size() > UserListRuns.AT_ONCE) {
            return begun(request, text, wanted, invites);
        }
        return switch (users.add(request.actor(), request.project(), request.id(), wanted, dryRun)) {
            case Imported.Done(UserImports.Report report) ->
                Html.ok(page(
                        request,
                        dryRun ? text : left(lines, report),
                        invites,
                        Optional.empty(),
                        Optional.of(report(report).without(dryRun ? read.unread() : List.of()))));
            case Imported.Broken(String why) -> refused(request, text, invites, why);
            case Imported.Refused(var refusal) -> request.refused(refusal);
        };
    }

    private Response begun(AdminRequest request, String text, List<UserFile.Line> wanted, boolean invites) {
        return users.add(request.actor(), request.project(), request.id(), List.of(), true)
                        instanceof Imported.Refused(var refusal)
                ? request.refused(refusal)
                : runs.begin(request.actor(), request.project(), request.id(), wanted)
                        ? Html.seeOther(request.path("/users/import"))
                        : refused(request, text, invites, "Another import is running. Try again when it’s done.");
    }

    /// The lines to mend and to send again, below the names of their columns: without these, a line whose email isn't
    /// one yet could be a title.
    private static String left(List<UserFile.Line> lines, UserImports.Report report) {
        List<List<String>> left = IntStream.range(0, lines.size())
                .filter(i -> report.lines().get(i).fate() == Fate.REFUSED)
                .mapToObj(lines::get)
                .filter(line -> !line.isInactive())
                .map(line -> List.of(line.username(), line.email(), line.role(), line.password()))
                .toList();
        return left.isEmpty()
                ? ""
                : RowList.write(Stream.concat(Stream.of(UserFile.COLUMNS), left.stream())
                        .toList());
    }

    private static Report report(UserImports.Report report) {
        boolean dryRun = report.dryRun();
        long added = report.count(Fate.ADDED);
        long invited = report.count(Fate.INVITED);
        long refused = report.count(Fate.REFUSED);
        String would = dryRun ? " would be" : "";
        String title = added + invited == 0
                ? (dryRun ? "No users would be added." : "No users added.")
                : Words.count(added, "user", "users") + would + " added, " + Words.grouped(invited) + would
                        + " invited.";
        // Problems first: they are what a person has to mend.
        List<Line> lines = report.lines().stream()
                .sorted((one, other) -> Boolean.compare(other.fate() == Fate.REFUSED, one.fate() == Fate.REFUSED))
                .map(line -> line(line, dryRun))
                .toList();
        return new Report(
                dryRun,
                refused == 0 ? "good" : "warn",
                title + (refused == 0 ? "" : " " + Words.count(refused, "line has", "lines have") + " a problem."),
                lines.stream().limit(SHOWN).toList(),
                Math.max(0, lines.size() - SHOWN),
                !dryRun && refused == 0,
                "");
    }

    private static Line line(ReportLine line, boolean dryRun) {
        return new Line(
                line.number(),
                line.username(),
                line.email(),
                switch (line.fate()) {
                    case ADDED -> (dryRun ? "Will be added as " : "Added as ") + line.role();
                    case INVITED -> (dryRun ? "Will be invited as " : "Invited as ") + line.role();
                    case THERE_ALREADY -> "Already there";
                    case REFUSED -> "Problem";
                },
                switch (line.fate()) {
                    case ADDED, INVITED -> "good";
                    case THERE_ALREADY -> "idle";
                    case REFUSED -> "warn";
                },
                line.why());
    }
}

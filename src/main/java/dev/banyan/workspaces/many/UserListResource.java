package dev.banyan.workspaces.many;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.web.answer.Refused;
import dev.banyan.platform.web.answer.WholeEnvelope;
import dev.banyan.platform.web.gate.Idempotency;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.platform.web.json.NoOtherFields;
import dev.banyan.platform.web.page.Words;
import dev.banyan.workspaces.WorkspaceRole;
import dev.banyan.workspaces.access.WorkspaceRequest;
import dev.banyan.workspaces.migration.UserFile;
import dev.banyan.workspaces.migration.UserImports;
import dev.banyan.workspaces.migration.UserImports.Fate;
import dev.banyan.workspaces.migration.UserImports.Imported;
import dev.banyan.workspaces.migration.UserImports.Report;
import dev.banyan.workspaces.migration.UserImports.ReportLine;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Many new users of a workspace in one request.
@Path("/api/projects")
@RunOnVirtualThread
@JsonResource
@Tag(name = "Sub-client users", description = "Logins that work in one workspace only.")
class UserListResource {

    /// Users of one list.
    static final int MOST = 1_000;

    @NoOtherFields
    record NewUser(
            @Schema(
                    description =
                            "2 to 64 letters, digits, dots, hyphens or underscores; derived from the email if it is"
                                    + " left out or an email itself")
            Optional<String> username,

            @Schema(description = "At most 254 characters; required, unless the username is an email")
            Optional<String> email,

            @Schema(description = "`admin`, `agent` or `user` (default)")
            Optional<String> role,

            @Schema(description = "8 to 128 characters; users without one are invited by email")
            Optional<String> password) {}

    @NoOtherFields
    @Schema(requiredProperties = "users")
    record UsersBody(
            @Schema(description = "1 to 1,000 users; required")
            Optional<List<NewUser>> users,

            @Schema(description = "true answers the same and changes nothing")
            Optional<Boolean> dryRun) {}

    /// @param row its place in the list, from 1
    @JsonInclude(Include.NON_ABSENT)
    record UserResult(
            int row,

            @Schema(description = "Which they get, or have") String username,

            String email,
            String role,

            @Schema(description = "`added`, `invited`, `unchanged` if they are a user or invited already, or `refused`")
            String status,

            @Schema(description = "Why they aren't added") Optional<String> error) {}

    record UsersResult(
            boolean dryRun, long added, long invited, long unchanged, long refused, List<UserResult> results) {}

    /// @param done how many have been dealt with: the results so far
    record ImportState(
            @Schema(description = "Whether it goes on") boolean running,

            @Schema(description = "Whether it stopped early; send the same list again to continue")
            boolean stopped,

            long done,
            long total,
            long added,
            long invited,
            long unchanged,
            long refused,
            List<UserResult> results) {}

    record ImportAnswer(boolean success, ImportState data, String message) implements WholeEnvelope {}

    record UsersAnswer(boolean success, UsersResult data, String message) implements WholeEnvelope {}

    private static final String ONLY_ADMINS = "Only sub-client admins can add users";

    private final UserImports users;
    private final UserListRuns runs;

    UserListResource(UserImports users, UserListRuns runs) {
        this.users = users;
        this.runs = runs;
    }

    @POST
    @Path("{projectId}/sub-clients/{subClientId}/users/import")
    @Parameter(ref = Idempotency.HEADER)
    @Operation(
            summary = "Add or invite up to 1,000 users",
            description =
                    "Each is added, invited or refused for itself: one that is refused doesn’t stop the others. More than"
                            + " 20 users are added after the answer, which is 202 and has the same fields as `GET` of"
                            + " this address: ask there how far it is.")
    @APIResponseSchema(value = UsersAnswer.class, responseDescription = "What became of each user, in their order")
    @APIResponse(
            responseCode = "202",
            description = "More than 20 users: the import has begun",
            content = @Content(schema = @Schema(implementation = ImportAnswer.class)))
    @APIResponse(responseCode = "400", description = "The list is empty or too long")
    @APIResponse(responseCode = "409", description = "Another import of this workspace is running")
    public Response add(@Context WorkspaceRequest request, UsersBody body) {
        int size = body.users().orElseGet(List::of).size();
        return size > UserListRuns.AT_ONCE && size <= MOST && !body.dryRun().orElse(false)
                ? request.once(body, 202, () -> begun(request, body.users().orElseGet(List::of)))
                : request.once(body, 200, () -> added(request, body));
    }

    private ImportAnswer begun(WorkspaceRequest request, List<NewUser> typed) {
        mustBeAdmin(request);
        if (!runs.begin(request.actor(), request.project(), request.workspace(), wanted(typed))) {
            throw Refused.conflict("Another import is running. Try again when it’s done");
        }
        return state(request);
    }

    @GET
    @Path("{projectId}/sub-clients/{subClientId}/users/import")
    @Operation(
            summary = "See how far an import of users is",
            description = "The running one, or the last one that this server remembers. A total of 0: none.")
    @APIResponseSchema(value = ImportAnswer.class, responseDescription = "What became of the users so far")
    public ImportAnswer progress(@Context WorkspaceRequest request) {
        mustBeAdmin(request);
        return state(request);
    }

    private void mustBeAdmin(WorkspaceRequest request) {
        if (users.add(request.actor(), request.project(), request.workspace(), List.of(), true)
                instanceof Imported.Refused(var refusal)) {
            throw request.refused(refusal, ONLY_ADMINS);
        }
    }

    private ImportAnswer state(WorkspaceRequest request) {
        Optional<UserListRuns.Import> run = runs.of(request.workspace());
        // Asked first: all lines of a run that is over are there.
        boolean running = run.filter(UserListRuns.Import::isRunning).isPresent();
        Report report = run.map(UserListRuns.Import::report).orElseGet(() -> new Report(false, List.of()));
        long total = run.map(UserListRuns.Import::total).orElse(0L);
        return new ImportAnswer(
                true,
                new ImportState(
                        running,
                        run.filter(UserListRuns.Import::isBroken).isPresent(),
                        report.lines().size(),
                        total,
                        report.count(Fate.ADDED),
                        report.count(Fate.INVITED),
                        report.count(Fate.THERE_ALREADY),
                        report.count(Fate.REFUSED),
                        report.lines().stream().map(UserListResource::view).toList()),
                Words.grouped(report.lines().size()) + " of " + Words.count(total, "user", "users") + " done");
    }

    private UsersAnswer added(WorkspaceRequest request, UsersBody body) {
        List<NewUser> typed = body.users().orElseGet(List::of);
        boolean fits = !typed.isEmpty() && typed.size() <= MOST;
        boolean dryRun = body.dryRun().orElse(false);
        // Outsiders get the same answer whatever they send.
        return switch (users.add(
                request.actor(), request.project(), request.workspace(), fits ? wanted(typed) : List.of(), dryRun)) {
            case Imported.Refused(var refusal) -> throw request.refused(refusal, ONLY_ADMINS);
            case Imported.Broken(String why) -> throw request.refused(400, why);
            case Imported.Done _
            when !fits ->
                throw Refused.invalid(new Invalid(
                        "users", "users must have 1 to 1,000 entries (now " + Words.grouped(typed.size()) + ")"));
            case Imported.Done(Report report) -> answer(report);
        };
    }

    private static List<UserFile.Line> wanted(List<NewUser> typed) {
        return IntStream.range(0, typed.size())
                .mapToObj(i -> wanted(i + 1, typed.get(i)))
                .toList();
    }

    private static UserFile.Line wanted(int number, NewUser user) {
        String username = user.username().orElse("").strip();
        String role = user.role().orElse("").strip().toLowerCase(Locale.ROOT);
        return new UserFile.Line(
                number,
                username,
                user.email()
                        .map(String::strip)
                        .filter(email -> !email.isEmpty())
                        .orElse(username.contains("@") ? username : ""),
                role.isEmpty() ? WorkspaceRole.USER.key() : role,
                user.password().orElse(""),
                "",
                "",
                false);
    }

    private static UsersAnswer answer(Report report) {
        long added = report.count(Fate.ADDED);
        long invited = report.count(Fate.INVITED);
        String would = report.dryRun() ? " would be" : "";
        return new UsersAnswer(
                true,
                new UsersResult(
                        report.dryRun(),
                        added,
                        invited,
                        report.count(Fate.THERE_ALREADY),
                        report.count(Fate.REFUSED),
                        report.lines().stream().map(UserListResource::view).toList()),
                Words.count(added, "user", "users") + would + " added, " + Words.grouped(invited) + would + " invited");
    }

    private static UserResult view(ReportLine line) {
        return new UserResult(
                line.number(),
                line.username(),
                line.email(),
                line.role(),
                switch (line.fate()) {
                    case ADDED -> "added";
                    case INVITED -> "invited";
                    case THERE_ALREADY -> "unchanged";
                    case REFUSED -> "refused";
                },
                Optional.of(line.why()).filter(why -> !why.isEmpty()));
    }
}

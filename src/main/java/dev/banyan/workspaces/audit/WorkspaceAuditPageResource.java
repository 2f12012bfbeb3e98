package dev.banyan.workspaces.audit;

import module java.base;
import dev.banyan.platform.CsvFile;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.WebAddresses;
import dev.banyan.platform.audit.AuditWords;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.web.FileAnswers;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.Moment;
import dev.banyan.workspaces.access.AdminEntrance;
import dev.banyan.workspaces.access.AdminRequest;
import dev.banyan.workspaces.access.InMenu;
import dev.banyan.workspaces.access.WorkspaceMenu;
import dev.banyan.workspaces.audit.WorkspaceAudit.Part;
import dev.banyan.workspaces.audit.WorkspaceAudit.Query;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.*;

/// The audit log of a workspace as a page and as a file.
@InMenu(WorkspaceMenu.AUDIT)
abstract class WorkspaceAuditPageResource {

    private static final int ROWS = 50;
    private static final int IN_FILE_AT_ONCE = 1_000;

    private final WorkspaceAudit audit;
    private final Clock clock;

    private WorkspaceAuditPageResource(WorkspaceAudit audit, Clock clock) {
        this.audit = audit;
        this.clock = clock;
    }

    @Path(AdminEntrance.OF_PROJECT)
    @RunOnVirtualThread
    static class OfProjectResource extends WorkspaceAuditPageResource {

        OfProjectResource(WorkspaceAudit audit, Clock clock) {
            super(audit, clock);
        }
    }

    @Path(AdminEntrance.OF_ADMINS)
    @RunOnVirtualThread
    static class OfAdminsResource extends WorkspaceAuditPageResource {

        OfAdminsResource(WorkspaceAudit audit, Clock clock) {
            super(audit, clock);
        }
    }

    @GET
    @Path("audit")
    public Response show(
            @Context AdminRequest request,
            @QueryParam("action") @DefaultValue("") String action,
            @QueryParam("actor") @DefaultValue("") String actor,
            @QueryParam("after") @DefaultValue("") String after) {
        var query = new Query(action, actor);
        Optional<UUID> from = Uuids.parse(after);
        return Html.ok(page(request, query, from, request.value(part(request, query, from, ROWS))));
    }

    private Outcome<Part> part(AdminRequest request, Query query, Optional<UUID> after, int limit) {
        return audit.list(request.actor(), request.project(), request.id(), query, after, limit);
    }

    private static WorkspaceAuditPage page(AdminRequest request, Query query, Optional<UUID> after, Part part) {
        return new WorkspaceAuditPage(
                request.frame("Audit log"),
                file(request, query),
                query,
                actions(),
                part.entries().stream().map(WorkspaceAuditPageResource::row).toList(),
                query.isUnknown() ? Optional.of("Choose an action from the list.") : Optional.empty(),
                after.isEmpty(),
                part.next().map(UUID::toString));
    }

    private static String file(AdminRequest request, Query query) {
        String path = request.path("/audit.csv");
        return path + (path.indexOf('?') < 0 ? "?" : "&") + "action=" + WebAddresses.encoded(query.action()) + "&actor="
                + WebAddresses.encoded(query.actor());
    }

    private static WorkspaceAuditPage.Row row(WorkspaceAudit.Entry entry) {
        return new WorkspaceAuditPage.Row(
                new Moment(entry.act().at()),
                entry.act().sentence(),
                entry.act().action(),
                entry.who(),
                entry.ip(),
                entry.act().facts());
    }

    /// The acts that happen in workspaces, by their words.
    private static List<Choice> actions() {
        return AuditWords.actions().stream()
                .filter(action -> action.startsWith("Workspace")
                        || action.startsWith("Webhook")
                        || action.startsWith("CannedReply")
                        || action.equals("AssistantChanged")
                        || action.equals("ConversationMovedIn"))
                .filter(action -> !action.equals("WorkspaceLimitSet"))
                .map(action -> new Choice(action, AuditWords.of(action)))
                .sorted(Comparator.comparing(Choice::label))
                .toList();
    }

    @GET
    @Path("audit.csv")
    public Response file(
            @Context AdminRequest request,
            @QueryParam("action") @DefaultValue("") String action,
            @QueryParam("actor") @DefaultValue("") String actor) {
        var query = new Query(action, actor);
        request.value(part(request, query, Optional.empty(), 1));
        StreamingOutput rows = out -> write(request, query, out);
        return FileAnswers.csv("audit-" + LocalDate.now(clock), rows);
    }

    /// Reads and sends parts, so that the length does not matter. Each part asks for the right again.
    private void write(AdminRequest request, Query query, OutputStream out) throws IOException {
        try (var csv = new CsvFile(out)) {
            csv.row("time", "who", "action", "what", "details", "ip");
            Optional<UUID> after = Optional.empty();
            do {
                Part part = part(request, query, after, IN_FILE_AT_ONCE)
                        .orElseThrow(refusal -> new IOException("The reader lost access: " + refusal));
                part.entries()
                        .forEach(entry -> csv.row(
                                entry.act().at().toString(),
                                entry.who(),
                                entry.act().action(),
                                entry.act().sentence(),
                                entry.act().details().orElse(""),
                                entry.ip()));
                after = part.next();
            } while (after.isPresent());
        }
    }
}

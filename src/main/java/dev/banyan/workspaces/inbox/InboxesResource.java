package dev.banyan.workspaces.inbox;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.platform.web.json.Paging;
import dev.banyan.workspaces.InboxQuery;
import dev.banyan.workspaces.InboxQuery.Cursor;
import dev.banyan.workspaces.InboxQuery.Shown;
import dev.banyan.workspaces.ProjectId;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.WorkspaceInboxStore;
import dev.banyan.workspaces.access.ProjectRequest;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// All inboxes of an account, as an API for the project's side.
@Path("/api/inboxes")
@RunOnVirtualThread
@JsonResource
@Tag(name = "Inbox", description = "Conversations with contacts, and the team’s replies.")
class InboxesResource {

    private static final int MOST = 200;

    /// @param account the username of the account that the workspace belongs to
    /// @param path the address of the workspace's inbox
    /// @param active whether the workspace can be entered
    /// @param open open conversations
    /// @param unread open conversations with unread messages
    /// @param waiting conversations whose customers wait for an answer
    @JsonInclude(Include.NON_ABSENT)
    record InboxView(
            WorkspaceId subClientId,
            String name,
            ProjectId projectId,
            Optional<String> account,
            String path,
            boolean active,
            long open,
            long unread,
            long waiting,
            Optional<Instant> lastMessageAt) {

        static InboxView of(Inboxes.Listed listed, WorkspaceInboxStore.Row row) {
            return new InboxView(
                    row.workspace(),
                    row.name(),
                    row.project(),
                    listed.username(row),
                    InboxesPageResource.inboxPath(row),
                    row.open(),
                    row.counted().open(),
                    row.counted().unread(),
                    row.counted().waiting(),
                    row.lastMessageAt());
        }
    }

    @JsonInclude(Include.NON_ABSENT)
    record InboxList(List<InboxView> inboxes, Optional<String> nextCursor) {}

    private final Inboxes inboxes;

    InboxesResource(Inboxes inboxes) {
        this.inboxes = inboxes;
    }

    @GET
    @Operation(summary = "List the inboxes of an account’s workspaces, last used first")
    @APIResponseSchema(
            value = InboxList.class,
            responseDescription = "The inboxes with their counts; an agency’s include those of its sub-accounts")
    @APIResponse(responseCode = "400", description = "A filter is invalid")
    public InboxList list(
            @Context ProjectRequest request,
            @Parameter(description = "`all` (the default), `unread` or `waiting`") @QueryParam("show")
                    Optional<String> show,
            @Parameter(description = "Words of workspaces’ names, or their beginnings") @QueryParam("search")
                    Optional<String> search,
            @QueryParam("limit") Optional<String> limit,
            @QueryParam("after") Optional<String> after) {
        Shown shown = Keyed.parse(Shown.class, show.orElse("all"))
                .orElseThrow(() -> request.refused(400, "show must be all, unread or waiting"));
        return switch (Paging.of(limit.or(() -> Optional.of("50")), after, Cursor::parse)) {
            case Paging.Bad<Cursor> bad -> throw request.refused(400, bad.error());
            case Paging.Slice<Cursor> slice -> {
                int most = Math.min(slice.limit(), MOST);
                Inboxes.Listed listed =
                        inboxes.list(request.context(), new InboxQuery(shown, search.orElse(""), slice.after(), most));
                yield new InboxList(
                        listed.inboxes().stream()
                                .map(row -> InboxView.of(listed, row))
                                .toList(),
                        listed.next().map(Object::toString));
            }
        };
    }
}

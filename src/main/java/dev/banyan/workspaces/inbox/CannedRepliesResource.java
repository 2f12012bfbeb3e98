package dev.banyan.workspaces.inbox;

import module java.base;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.json.Answers;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.workspaces.access.WorkspaceApiGuard;
import dev.banyan.workspaces.inbox.CannedReplies.Changed;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// The saved replies of a workspace, as an API: its agents read them, its admins change them.
@Path("/api/sub-client")
@RunOnVirtualThread
@JsonResource
@Tag(name = "Inbox", description = "Conversations with contacts, and the team’s replies.")
class CannedRepliesResource {

    private static final String UNKNOWN = "Saved reply not found";

    record CannedReplyView(UUID id, String name, String text) {

        static CannedReplyView of(CannedReply reply) {
            return new CannedReplyView(reply.id(), reply.name(), reply.text());
        }
    }

    record CannedReplyList(List<CannedReplyView> replies) {}

    record CannedReplyListAnswer(boolean success, CannedReplyList data) {}

    record OneCannedReply(CannedReplyView reply) {}

    record CannedReplyAnswer(boolean success, OneCannedReply data) {}

    record CannedReplyBody(
            @Schema(description = "The workspace: `short_id-pathname`")
            Optional<String> shortPath,

            @Schema(description = "1 to 30 letters, digits, underscores or hyphens")
            Optional<String> name,

            @Schema(description = "1 to 4000 characters") Optional<String> text) {}

    private final WorkspaceApiGuard in;
    private final CannedReplies replies;

    CannedRepliesResource(WorkspaceApiGuard in, CannedReplies replies) {
        this.in = in;
        this.replies = replies;
    }

    @GET
    @Path("inbox/canned-replies")
    @Operation(summary = "List saved replies by name")
    @APIResponseSchema(value = CannedReplyListAnswer.class, responseDescription = "Up to 200")
    public Response list(@Context Call call, @QueryParam("shortPath") Optional<String> shortPath) {
        return in.inbox(
                call,
                shortPath,
                member -> Response.ok(new CannedReplyListAnswer(
                                true,
                                new CannedReplyList(replies.list(member).stream()
                                        .map(CannedReplyView::of)
                                        .toList())))
                        .build());
    }

    @POST
    @Path("inbox/canned-replies")
    @Operation(summary = "Create a saved reply")
    @APIResponseSchema(value = CannedReplyAnswer.class, responseDescription = "Created", responseCode = "201")
    @APIResponse(responseCode = "403", description = "Not an admin of the workspace")
    @APIResponse(responseCode = "409", description = "The name is taken, or the limit is reached")
    public Response create(@Context Call call, CannedReplyBody body) {
        return in.inbox(
                call,
                body.shortPath(),
                member -> answer(
                        call,
                        201,
                        replies.create(
                                member, body.name().orElse(""), body.text().orElse(""))));
    }

    @PUT
    @Path("inbox/canned-replies/{replyId}")
    @Operation(summary = "Update a saved reply")
    @APIResponseSchema(value = CannedReplyAnswer.class, responseDescription = "The updated saved reply")
    @APIResponse(responseCode = "403", description = "Not an admin of the workspace")
    @APIResponse(responseCode = "409", description = "The name is taken")
    public Response change(@Context Call call, @PathParam("replyId") String replyId, CannedReplyBody body) {
        return in.inbox(
                call,
                body.shortPath(),
                member -> answer(
                        call,
                        200,
                        Uuids.parse(replyId)
                                .map(id -> replies.update(
                                        member,
                                        id,
                                        body.name().orElse(""),
                                        body.text().orElse("")))
                                .orElseGet(Changed.NotFound::new)));
    }

    @DELETE
    @Path("inbox/canned-replies/{replyId}")
    @Operation(summary = "Delete a saved reply")
    @APIResponseSchema(value = CannedReplyAnswer.class, responseDescription = "The deleted saved reply")
    @APIResponse(responseCode = "403", description = "Not an admin of the workspace")
    public Response delete(
            @Context Call call,
            @QueryParam("shortPath") Optional<String> shortPath,
            @PathParam("replyId") String replyId) {
        return in.inbox(
                call,
                shortPath,
                member -> answer(
                        call,
                        200,
                        Uuids.parse(replyId)
                                .map(id -> replies.delete(member, id))
                                .orElseGet(Changed.NotFound::new)));
    }

    private Response answer(Call call, int status, Changed changed) {
        return switch (changed) {
            case Changed.Done done ->
                Response.status(status)
                        .entity(new CannedReplyAnswer(true, new OneCannedReply(CannedReplyView.of(done.reply()))))
                        .build();
            case Changed.NotFound _ -> Answers.refused(404, UNKNOWN);
            case Changed.Forbidden _ -> in.denied(call, 403, WorkspaceApiGuard.DENIED);
            case Changed.Rejected rejected -> Answers.refused(rejected.invalid());
            case Changed.NameTaken _ -> Answers.refused(409, "A saved reply with this name already exists");
            case Changed.TooMany many ->
                Answers.refused(409, "A workspace can have up to " + many.most() + " saved replies");
        };
    }
}

package dev.banyan.workspaces.inbox;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.web.answer.Refused;
import dev.banyan.platform.web.json.ApiDescription;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.workspaces.Placeholders;
import dev.banyan.workspaces.WorkspaceActor.Member;
import dev.banyan.workspaces.access.MemberRequest;
import dev.banyan.workspaces.access.WorkspaceApiGuard;
import dev.banyan.workspaces.inbox.CannedReplies.Changed;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

/// The saved replies of a workspace, as an API: its agents read them, its admins change them.
@Path("/api/sub-client")
@RunOnVirtualThread
@JsonResource
@Tag(name = "Inbox", description = "Conversations with contacts, and the team’s replies.")
class CannedRepliesResource {

    private static final String UNKNOWN = "Saved reply not found";

    record CannedReplyView(
            UUID id,
            String name,

            @Schema(description = "`{name}`, `{agent}` and `{workspace}` are filled when it is inserted")
            String text,

            @Schema(description = "What looks like a placeholder and isn’t one: contacts get it as it is written")
            @JsonInclude(JsonInclude.Include.NON_EMPTY)
            List<String> unknownPlaceholders) {

        static CannedReplyView of(CannedReply reply) {
            return new CannedReplyView(
                    reply.id(),
                    reply.name(),
                    reply.text(),
                    Placeholders.unknown(reply.text(), CannedReplies.PLACEHOLDERS));
        }
    }

    record CannedReplyList(List<CannedReplyView> replies) {}

    @Schema(extensions = @Extension(name = ApiDescription.ENVELOPE, value = "CannedReplyAnswer"))
    record OneCannedReply(CannedReplyView reply) {}

    @Schema(requiredProperties = {"name", "text"})
    record CannedReplyBody(
            @Schema(description = "The workspace: `short_id-pathname`")
            Optional<String> shortPath,

            @Schema(description = "1 to 30 letters, digits, underscores or hyphens")
            Optional<String> name,

            @Schema(description = "1 to 4000 characters") Optional<String> text) {}

    private final CannedReplies replies;

    CannedRepliesResource(CannedReplies replies) {
        this.replies = replies;
    }

    @GET
    @Path("inbox/canned-replies")
    @Operation(summary = "List saved replies by name")
    @APIResponseSchema(value = CannedReplyList.class, responseDescription = "Up to 200")
    public CannedReplyList list(@Context MemberRequest request, @QueryParam("shortPath") Optional<String> shortPath) {
        return new CannedReplyList(replies.list(request.inbox(shortPath)).stream()
                .map(CannedReplyView::of)
                .toList());
    }

    @POST
    @ResponseStatus(201)
    @Path("inbox/canned-replies")
    @Operation(summary = "Create a saved reply")
    @APIResponseSchema(value = OneCannedReply.class, responseDescription = "Created", responseCode = "201")
    @APIResponse(responseCode = "403", description = "Not an admin of the workspace")
    @APIResponse(responseCode = "409", description = "The name is taken, or the limit is reached")
    public OneCannedReply create(@Context MemberRequest request, CannedReplyBody body) {
        return changed(
                request,
                replies.create(
                        request.inbox(body.shortPath()),
                        body.name().orElse(""),
                        body.text().orElse("")));
    }

    @PUT
    @Path("inbox/canned-replies/{replyId}")
    @Operation(summary = "Update a saved reply")
    @APIResponseSchema(value = OneCannedReply.class, responseDescription = "The updated saved reply")
    @APIResponse(responseCode = "403", description = "Not an admin of the workspace")
    @APIResponse(responseCode = "409", description = "The name is taken")
    public OneCannedReply change(
            @Context MemberRequest request, @PathParam("replyId") String replyId, CannedReplyBody body) {
        Member member = request.inbox(body.shortPath());
        return changed(
                request,
                replies.update(
                        member,
                        id(request, replyId),
                        body.name().orElse(""),
                        body.text().orElse("")));
    }

    private static UUID id(MemberRequest request, String replyId) {
        return Uuids.parse(replyId).orElseThrow(() -> request.refused(404, UNKNOWN));
    }

    @DELETE
    @Path("inbox/canned-replies/{replyId}")
    @Operation(summary = "Delete a saved reply")
    @APIResponseSchema(value = OneCannedReply.class, responseDescription = "The deleted saved reply")
    @APIResponse(responseCode = "403", description = "Not an admin of the workspace")
    public OneCannedReply delete(
            @Context MemberRequest request,
            @QueryParam("shortPath") Optional<String> shortPath,
            @PathParam("replyId") String replyId) {
        Member member = request.inbox(shortPath);
        return changed(request, replies.delete(member, id(request, replyId)));
    }

    private static OneCannedReply changed(MemberRequest request, Changed changed) {
        return switch (changed) {
            case Changed.Done done -> new OneCannedReply(CannedReplyView.of(done.reply()));
            case Changed.NotFound _ -> throw request.refused(404, UNKNOWN);
            case Changed.Forbidden _ -> throw request.denied(403, WorkspaceApiGuard.DENIED);
            case Changed.Rejected rejected -> throw Refused.invalid(rejected.invalid());
            case Changed.NameTaken _ -> throw Refused.conflict("A saved reply with this name already exists");
            case Changed.TooMany many ->
                throw Refused.conflict("A workspace can have up to " + many.most() + " saved replies");
        };
    }
}

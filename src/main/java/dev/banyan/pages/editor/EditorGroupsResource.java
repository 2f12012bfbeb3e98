package dev.banyan.pages.editor;

import dev.banyan.pages.LinkGroupChange;
import dev.banyan.pages.LinkStep;
import dev.banyan.pages.LinkStep.Direction;
import dev.banyan.pages.editor.PageEditorPage.GroupEdit;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.FieldErrors;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/// The groups of links of a page in the editor.
@Path("/admin/pages")
@RunOnVirtualThread
class EditorGroupsResource {

    private final EditorAnswers answers;

    EditorGroupsResource(EditorAnswers answers) {
        this.answers = answers;
    }

    @POST
    @Path("{pageId}/groups")
    public Response addGroup(
            @Context Call call,
            @PathParam("pageId") String pageId,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("title") @DefaultValue("") String title) {
        var wish = new LinkGroupChange(
                Optional.of(title), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        return answers.apply(
                call,
                as,
                pageId,
                new LinkStep.AddGroup(wish),
                rejected -> EditorForms.refusedGroup(title, FieldErrors.from(rejected.invalid())));
    }

    @POST
    @Path("{pageId}/groups/{groupId}")
    public Response updateGroup(
            @Context Call call,
            @PathParam("pageId") String pageId,
            @PathParam("groupId") String groupId,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("title") @DefaultValue("") String title,
            @FormParam("layout") @DefaultValue("") String layout,
            @FormParam("collapsed") @DefaultValue("") String collapsed) {
        boolean closed = collapsed.equals("true");
        var wish = new LinkGroupChange(
                Optional.of(title), Optional.empty(), Optional.empty(), Optional.of(layout), Optional.of(closed));
        return answers.apply(
                call,
                as,
                pageId,
                new LinkStep.UpdateGroup(groupId, wish),
                rejected -> EditorForms.EMPTY.editing(
                        Optional.empty(),
                        Optional.of(
                                new GroupEdit(groupId, title, layout, closed, FieldErrors.from(rejected.invalid())))));
    }

    @POST
    @Path("{pageId}/groups/{groupId}/delete")
    public Response deleteGroup(
            @Context Call call,
            @PathParam("pageId") String pageId,
            @PathParam("groupId") String groupId,
            @FormParam("as") @DefaultValue("") String as) {
        return answers.apply(call, as, pageId, new LinkStep.RemoveGroup(groupId), _ -> EditorForms.EMPTY);
    }

    @POST
    @Path("{pageId}/groups/{groupId}/active")
    public Response showGroup(
            @Context Call call,
            @PathParam("pageId") String pageId,
            @PathParam("groupId") String groupId,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("active") @DefaultValue("false") String active) {
        var step = new LinkStep.UpdateGroup(groupId, LinkGroupChange.active(active.equals("true")));
        return answers.apply(call, as, pageId, step, _ -> EditorForms.EMPTY);
    }

    @POST
    @Path("{pageId}/groups/{groupId}/move")
    public Response moveGroup(
            @Context Call call,
            @PathParam("pageId") String pageId,
            @PathParam("groupId") String groupId,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("to") @DefaultValue("") String to) {
        return answers.apply(call, as, pageId, new LinkStep.Move(groupId, Direction.of(to)), _ -> EditorForms.EMPTY);
    }
}

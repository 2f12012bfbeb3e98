package dev.banyan.pages.editor;

import dev.banyan.accounts.context.AccountPage;
import dev.banyan.pages.LinkGroup;
import dev.banyan.pages.LinkGroupChange;
import dev.banyan.pages.LinkStep;
import dev.banyan.pages.LinkStep.Direction;
import dev.banyan.pages.editor.PageEditorPage.GroupEdit;
import dev.banyan.platform.Changes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.WithFormRead;

/// The groups of links of a page in the editor.
@Path("/admin/pages")
class EditorGroupsResource {

    private final EditorAnswers answers;

    EditorGroupsResource(EditorAnswers answers) {
        this.answers = answers;
    }

    @POST
    @Path("{pageId}/groups")
    public Response addGroup(
            @Context AccountPage request,
            @PathParam("pageId") String pageId,
            @FormParam("title") @DefaultValue("") String title) {
        Changes<LinkGroup> wish = Changes.<LinkGroup>none().with(LinkGroupChange.TITLE, title);
        return answers.apply(
                request, pageId, new LinkStep.AddGroup(wish), errors -> new EditorForms.NewGroup(title, errors));
    }

    @POST
    @Path("{pageId}/groups/{groupId}")
    public Response updateGroup(
            @Context AccountPage request,
            @PathParam("pageId") String pageId,
            @PathParam("groupId") String groupId,
            @FormParam("title") @DefaultValue("") String title,
            @FormParam("layout") @DefaultValue("") String layout,
            @FormParam("collapsed") @DefaultValue("") String collapsed) {
        boolean closed = collapsed.equals("true");
        Changes<LinkGroup> wish = Changes.<LinkGroup>none()
                .with(LinkGroupChange.TITLE, title)
                .with(LinkGroupChange.LAYOUT, layout)
                .with(LinkGroupChange.COLLAPSED, closed);
        return answers.apply(
                request,
                pageId,
                new LinkStep.UpdateGroup(groupId, wish),
                errors -> new EditorForms.EditedGroup(new GroupEdit(groupId, title, layout, closed, errors)));
    }

    @POST
    @Path("{pageId}/groups/{groupId}/delete")
    @WithFormRead
    public Response deleteGroup(
            @Context AccountPage request, @PathParam("pageId") String pageId, @PathParam("groupId") String groupId) {
        return answers.apply(request, pageId, new LinkStep.RemoveGroup(groupId));
    }

    @POST
    @Path("{pageId}/groups/{groupId}/active")
    public Response showGroup(
            @Context AccountPage request,
            @PathParam("pageId") String pageId,
            @PathParam("groupId") String groupId,
            @FormParam("active") @DefaultValue("false") String active) {
        Changes<LinkGroup> wish = Changes.<LinkGroup>none().with(LinkGroupChange.ACTIVE, active.equals("true"));
        var step = new LinkStep.UpdateGroup(groupId, wish);
        return answers.apply(request, pageId, step);
    }

    @POST
    @Path("{pageId}/groups/{groupId}/move")
    public Response moveGroup(
            @Context AccountPage request,
            @PathParam("pageId") String pageId,
            @PathParam("groupId") String groupId,
            @FormParam("to") @DefaultValue("") String to) {
        return answers.apply(request, pageId, new LinkStep.Move(groupId, Direction.of(to)));
    }
}

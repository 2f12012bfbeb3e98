package dev.banyan.workspaces.number;

import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.whatsapp.session.Linking;
import dev.banyan.workspaces.WorkspaceActor.Member;
import dev.banyan.workspaces.WorkspaceNumbers;
import dev.banyan.workspaces.access.WorkspaceMenu;
import dev.banyan.workspaces.access.WorkspacePageGuard;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/// The number of a workspace for its own admins: linked, monitored and removed as on the project's side.
@Path("/s/{shortPath}")
@RunOnVirtualThread
class MemberNumberPageResource {

    private static final String NAME = "WhatsApp";

    private final WorkspacePageGuard at;
    private final NumberPageGuard door;
    private final WorkspaceNumbers numbers;
    private final Linking linking;
    private final NumberParts parts;

    MemberNumberPageResource(
            WorkspacePageGuard at, NumberPageGuard door, WorkspaceNumbers numbers, Linking linking, NumberParts parts) {
        this.at = at;
        this.door = door;
        this.numbers = numbers;
        this.linking = linking;
        this.parts = parts;
    }

    @GET
    @Path("whatsapp")
    public Response show(
            @Context Call call,
            @PathParam("shortPath") String shortPath,
            @QueryParam("seen") @DefaultValue("") String seen) {
        return door.admin(call, shortPath, member -> {
            MemberNumberPage page = page(call, member, Optional.empty());
            return call.isHtmx() && page.part().version().equals(seen)
                    ? Response.noContent().header("Cache-Control", "no-store").build()
                    : Html.ok(page);
        });
    }

    private MemberNumberPage page(Call call, Member member, Optional<FormProblem> problem) {
        var where = new NumberParts.PageAddress(
                NumberPageGuard.path(member), "", "", Optional.of(NumberPageGuard.path(member) + "/customers"));
        return new MemberNumberPage(
                at.shell(call, member, WorkspaceMenu.WHATSAPP, NAME), parts.of(member.workspace(), where, problem));
    }

    /// Gives the workspace a number if it has none, and shows the first code.
    @POST
    @Path("whatsapp/link")
    public Response link(@Context Call call, @PathParam("shortPath") String shortPath) {
        return door.admin(call, shortPath, member -> switch (numbers.create(
                member, member.workspace().id())) {
            case WorkspaceNumbers.Created.Done done -> {
                linking.link(
                        done.number().tenant(), member.actor(), done.number().id());
                yield Html.seeOther(NumberPageGuard.path(member));
            }
            case WorkspaceNumbers.Created.NotFound _, WorkspaceNumbers.Created.Forbidden _ -> door.refused(call);
        });
    }

    @POST
    @Path("whatsapp/cancel")
    public Response cancel(@Context Call call, @PathParam("shortPath") String shortPath) {
        return door.onNumber(call, shortPath, (member, number) -> {
            linking.cancel(number.tenant(), member.actor(), number.id());
            return Html.seeOther(NumberPageGuard.path(member));
        });
    }

    /// Simulates a phone that scans the code.
    @POST
    @Path("whatsapp/scan")
    public Response scan(@Context Call call, @PathParam("shortPath") String shortPath) {
        return door.onNumber(call, shortPath, (member, number) -> {
            linking.scan(number.tenant(), number.id(), Optional.empty());
            return Html.seeOther(NumberPageGuard.path(member));
        });
    }

    @POST
    @Path("whatsapp/unlink")
    public Response unlink(@Context Call call, @PathParam("shortPath") String shortPath) {
        return door.onNumber(call, shortPath, (member, number) -> {
            linking.unlink(number.tenant(), member.actor(), number.id());
            return Html.seeOther(NumberPageGuard.path(member));
        });
    }

    @POST
    @Path("whatsapp/delete")
    public Response delete(@Context Call call, @PathParam("shortPath") String shortPath) {
        return door.onNumber(call, shortPath, (member, number) -> switch (numbers.delete(
                member, number.id().value())) {
            case WorkspaceNumbers.Deleted.Done _, WorkspaceNumbers.Deleted.NotFound _ ->
                Html.seeOther(NumberPageGuard.path(member));
            case WorkspaceNumbers.Deleted.HasServants has ->
                Html.invalid(page(call, member, Optional.of(NumberParts.hasServants(has.servants()))));
            case WorkspaceNumbers.Deleted.Forbidden _ -> door.refused(call);
        });
    }
}

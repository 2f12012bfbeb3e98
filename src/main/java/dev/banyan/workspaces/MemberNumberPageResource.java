package dev.banyan.workspaces;

import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.ErrorPages;
import dev.banyan.platform.web.FormProblem;
import dev.banyan.platform.web.Html;
import dev.banyan.whatsapp.Linking;
import dev.banyan.whatsapp.Sender;
import dev.banyan.workspaces.WorkspaceActor.Member;
import dev.banyan.workspaces.WorkspaceNumbers.Seen;
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
import java.util.function.BiFunction;
import java.util.function.Function;

/// The number of a workspace for its own admins: linked, watched and taken away as on the project's side.
@Path("/s/{shortPath}/whatsapp")
@RunOnVirtualThread
class MemberNumberPageResource {

    private static final String NAME = "WhatsApp";

    private final AtWorkspace at;
    private final WorkspaceNumbers numbers;
    private final Linking linking;
    private final NumberParts parts;
    private final Audit audit;
    private final ErrorPages errorPages;

    MemberNumberPageResource(
            AtWorkspace at,
            WorkspaceNumbers numbers,
            Linking linking,
            NumberParts parts,
            Audit audit,
            ErrorPages errorPages) {
        this.at = at;
        this.numbers = numbers;
        this.linking = linking;
        this.parts = parts;
        this.audit = audit;
        this.errorPages = errorPages;
    }

    private Response admin(Call call, String shortPath, Function<Member, Response> work) {
        return at.member(
                call,
                shortPath,
                member -> Right.LINK_NUMBER.isOf(member.user().role()) ? work.apply(member) : refused(call));
    }

    private static String path(Member member) {
        return AtWorkspace.pathOf(member.workspace()) + "/whatsapp";
    }

    @GET
    public Response show(
            @Context Call call,
            @PathParam("shortPath") String shortPath,
            @QueryParam("seen") @DefaultValue("") String seen) {
        return admin(call, shortPath, member -> {
            MemberNumberPage page = page(call, member, Optional.empty());
            return call.isHtmx() && page.part().version().equals(seen)
                    ? Response.noContent().header("Cache-Control", "no-store").build()
                    : Html.ok(page);
        });
    }

    private MemberNumberPage page(Call call, Member member, Optional<FormProblem> problem) {
        var where = new NumberParts.Where(path(member), "", "", Optional.empty());
        return new MemberNumberPage(
                at.shell(call, member, WorkspaceMenu.WHATSAPP, NAME), parts.of(member.workspace(), where, problem));
    }

    /// Gives the workspace a number if it has none, and shows the first code.
    @POST
    @Path("link")
    public Response link(@Context Call call, @PathParam("shortPath") String shortPath) {
        return admin(call, shortPath, member -> switch (numbers.create(
                member, member.workspace().id())) {
            case WorkspaceNumbers.Created.Done done -> {
                linking.link(
                        done.number().tenant(), member.actor(), done.number().id());
                yield Html.seeOther(path(member));
            }
            case WorkspaceNumbers.Created.Unknown _, WorkspaceNumbers.Created.Forbidden _ -> refused(call);
        });
    }

    @POST
    @Path("cancel")
    public Response cancel(@Context Call call, @PathParam("shortPath") String shortPath) {
        return onNumber(call, shortPath, (member, number) -> {
            linking.cancel(number.tenant(), member.actor(), number.id());
            return Html.seeOther(path(member));
        });
    }

    /// A simulated phone scans the code.
    @POST
    @Path("scan")
    public Response scan(@Context Call call, @PathParam("shortPath") String shortPath) {
        return onNumber(call, shortPath, (member, number) -> {
            linking.scan(number.tenant(), number.id(), Optional.empty());
            return Html.seeOther(path(member));
        });
    }

    @POST
    @Path("unlink")
    public Response unlink(@Context Call call, @PathParam("shortPath") String shortPath) {
        return onNumber(call, shortPath, (member, number) -> {
            linking.unlink(number.tenant(), member.actor(), number.id());
            return Html.seeOther(path(member));
        });
    }

    @POST
    @Path("delete")
    public Response delete(@Context Call call, @PathParam("shortPath") String shortPath) {
        return onNumber(call, shortPath, (member, number) -> switch (numbers.delete(
                member, number.id().value())) {
            case WorkspaceNumbers.Deleted.Done _, WorkspaceNumbers.Deleted.Unknown _ -> Html.seeOther(path(member));
            case WorkspaceNumbers.Deleted.HasServants has ->
                Html.invalid(page(call, member, Optional.of(NumberParts.hasServants(has.servants()))));
            case WorkspaceNumbers.Deleted.Forbidden _ -> refused(call);
        });
    }

    /// Asked again here, in a transaction: the role may have been taken away a moment ago. Without a number there is
    /// nothing to do, and the page shows that.
    private Response onNumber(Call call, String shortPath, BiFunction<Member, Sender, Response> work) {
        return admin(call, shortPath, member -> switch (numbers.find(
                member, member.workspace().id())) {
            case Seen.Done(Workspace _, Sender number) -> work.apply(member, number);
            case Seen.NoNumber _ -> Html.seeOther(path(member));
            case Seen.Unknown _, Seen.Forbidden _ -> refused(call);
        });
    }

    private Response refused(Call call) {
        audit.denied(call.actor(), call.route());
        return errorPages.answer(
                call,
                403,
                "Only admins can open this page",
                "Ask an admin of this workspace to do it, or to give you the role.");
    }
}

package dev.banyan.workspaces;

import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.FormProblem;
import dev.banyan.platform.web.Html;
import dev.banyan.platform.web.QrPicture;
import dev.banyan.platform.web.Words;
import dev.banyan.whatsapp.DriverKind;
import dev.banyan.whatsapp.LinkEvent;
import dev.banyan.whatsapp.Linking;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Sender;
import dev.banyan.workspaces.InProject.Place;
import dev.banyan.workspaces.WorkspaceHead.Tab;
import dev.banyan.workspaces.WorkspaceNumberPage.Step;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;

/// The third tab of a workspace: the WhatsApp number that it talks on. The page asks for itself again while a code is
/// shown, and is told that nothing has changed in a word.
@Path("/projects")
@RunOnVirtualThread
class WorkspaceNumberPageResource {

    private final InProject inProject;
    private final WorkspaceNumbers numbers;
    private final Linking linking;
    private final Clock clock;

    WorkspaceNumberPageResource(InProject inProject, WorkspaceNumbers numbers, Linking linking, Clock clock) {
        this.inProject = inProject;
        this.numbers = numbers;
        this.linking = linking;
        this.clock = clock;
    }

    @GET
    @Path("{projectId}/sub-clients/{subClientId}/whatsapp")
    public Response show(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @PathParam("subClientId") String id,
            @QueryParam("seen") @DefaultValue("") String seen) {
        return inProject.page(call, projectId, id, place -> {
            WorkspaceNumberPage page = page(place, Optional.empty());
            return call.isHtmx() && page.version().equals(seen)
                    ? Response.noContent().header("Cache-Control", "no-store").build()
                    : Html.ok(page);
        });
    }

    private WorkspaceNumberPage page(Place place, Optional<FormProblem> problem) {
        Optional<Sender> number = numbers.of(place.workspace());
        Optional<LinkEvent.Code> code = number.flatMap(sender -> linking.code(sender.tenant(), sender.id()));
        return new WorkspaceNumberPage(
                inProject.shell(place, "WhatsApp of " + place.workspace().name()),
                inProject.head(place, Tab.WHATSAPP),
                number.map(WorkspaceNumberPageResource::shown),
                code.map(this::shown),
                number.map(sender -> sender.state().key()).orElse("none") + "-"
                        + code.map(LinkEvent.Code::number).orElse(0),
                problem);
    }

    private static WorkspaceNumberPage.Number shown(Sender number) {
        return new WorkspaceNumberPage.Number(
                number.id().value(),
                WhatsAppWord.of(Optional.of(number)),
                step(number),
                number.driver() == DriverKind.SIMULATOR,
                number.phone().map(Phone::toString),
                number.link().deviceName(),
                Words.moment(number.link().stateChangedAt()),
                number.lastError().map(error -> error.replaceFirst("[.]$", "")));
    }

    private static Step step(Sender number) {
        return switch (number.state()) {
            case PENDING, UNLINKED -> Step.IDLE;
            case LINKING -> Step.LINKING;
            case PASSKEY_REQUIRED -> Step.PASSKEY;
            case LINKED -> Step.LINKED;
            case RESTRICTED -> Step.RESTRICTED;
            case DISCONNECTED -> Step.DISCONNECTED;
            case BANNED -> Step.BANNED;
        };
    }

    private WorkspaceNumberPage.Code shown(LinkEvent.Code code) {
        long left = Duration.between(clock.instant(), code.expiresAt()).toSeconds();
        return new WorkspaceNumberPage.Code(
                QrPicture.of(code.text()),
                code.number(),
                code.of(),
                Math.max(0, left),
                Duration.between(code.shownAt(), code.expiresAt()).toSeconds());
    }

    /// Gives the workspace a number if it has none, and shows the first code.
    @POST
    @Path("{projectId}/sub-clients/{subClientId}/whatsapp/link")
    public Response link(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @PathParam("subClientId") String id,
            @FormParam("as") @DefaultValue("") String as) {
        return inProject.form(call, as, projectId, id, place -> switch (numbers.create(
                place.actor(), place.workspace().id())) {
            case WorkspaceNumbers.Created.Done done -> {
                linking.link(
                        done.number().tenant(),
                        place.context().actor(),
                        done.number().id());
                yield Html.seeOther(place.tab("/whatsapp"));
            }
            case WorkspaceNumbers.Created.Unknown _ -> inProject.unknown(call);
            case WorkspaceNumbers.Created.Forbidden _ -> throw mayAll(place);
        });
    }

    private static IllegalStateException mayAll(Place place) {
        return new IllegalStateException(
                "The project's side was refused " + place.workspace().id());
    }

    @POST
    @Path("{projectId}/sub-clients/{subClientId}/whatsapp/cancel")
    public Response cancel(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @PathParam("subClientId") String id,
            @FormParam("as") @DefaultValue("") String as) {
        return onNumber(call, as, projectId, id, (place, number) -> {
            linking.cancel(number.tenant(), place.context().actor(), number.id());
            return Html.seeOther(place.tab("/whatsapp"));
        });
    }

    /// A simulated phone scans the code; a number that is real knows no such thing, and the page just shows it.
    @POST
    @Path("{projectId}/sub-clients/{subClientId}/whatsapp/scan")
    public Response scan(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @PathParam("subClientId") String id,
            @FormParam("as") @DefaultValue("") String as) {
        return onNumber(call, as, projectId, id, (place, number) -> {
            linking.scan(number.tenant(), number.id(), Optional.empty());
            return Html.seeOther(place.tab("/whatsapp"));
        });
    }

    @POST
    @Path("{projectId}/sub-clients/{subClientId}/whatsapp/unlink")
    public Response unlink(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @PathParam("subClientId") String id,
            @FormParam("as") @DefaultValue("") String as) {
        return onNumber(call, as, projectId, id, (place, number) -> {
            linking.unlink(number.tenant(), place.context().actor(), number.id());
            return Html.seeOther(place.tab("/whatsapp") + "&done=number-unlinked");
        });
    }

    @POST
    @Path("{projectId}/sub-clients/{subClientId}/whatsapp/delete")
    public Response delete(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @PathParam("subClientId") String id,
            @FormParam("as") @DefaultValue("") String as) {
        return onNumber(call, as, projectId, id, (place, number) -> switch (numbers.delete(
                place.actor(), number.id().value())) {
            case WorkspaceNumbers.Deleted.Done _, WorkspaceNumbers.Deleted.Unknown _ ->
                Html.seeOther(place.tab("/whatsapp") + "&done=number-removed");
            case WorkspaceNumbers.Deleted.HasServants has ->
                Html.invalid(page(
                        place,
                        Optional.of(new FormProblem(
                                "This number leads " + Words.count(has.servants(), "servant", "servants") + ".",
                                "Move or remove them in Pools first. Then it can go."))));
            case WorkspaceNumbers.Deleted.Forbidden _ -> throw mayAll(place);
        });
    }

    /// Without a number there is nothing to do: the page shows that.
    private Response onNumber(
            Call call, String as, String projectId, String id, BiFunction<Place, Sender, Response> work) {
        return inProject.form(
                call,
                as,
                projectId,
                id,
                place -> numbers.of(place.workspace())
                        .map(number -> work.apply(place, number))
                        .orElseGet(() -> Html.seeOther(place.tab("/whatsapp"))));
    }
}

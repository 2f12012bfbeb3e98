package dev.banyan.workspaces.assistant;

import module java.base;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.secrets.TypedSecrets;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.Words;
import dev.banyan.workspaces.access.AdminEntrance;
import dev.banyan.workspaces.access.AdminRequest;
import dev.banyan.workspaces.access.InMenu;
import dev.banyan.workspaces.access.WorkspaceMenu;
import dev.banyan.workspaces.assistant.Assistant.Answer;
import dev.banyan.workspaces.assistant.AssistantTrials.Tried;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The assistant of a workspace: who answers in it, rules or a language model. They can be tried before they are saved.
@InMenu(value = WorkspaceMenu.ASSISTANT, refusedPlainly = true)
abstract class AssistantPageResource {

    private static final String PAGE = "/assistant";
    private static final String SAVED = "assistant-saved";

    private final Assistants assistants;
    private final AssistantTrials trials;
    private final TypedSecrets secrets;

    private AssistantPageResource(Assistants assistants, AssistantTrials trials, TypedSecrets secrets) {
        this.assistants = assistants;
        this.trials = trials;
        this.secrets = secrets;
    }

    @Path(AdminEntrance.OF_PROJECT)
    @RunOnVirtualThread
    static class OfProjectResource extends AssistantPageResource {

        OfProjectResource(Assistants assistants, AssistantTrials trials, TypedSecrets secrets) {
            super(assistants, trials, secrets);
        }
    }

    @Path(AdminEntrance.OF_ADMINS)
    @RunOnVirtualThread
    static class OfAdminsResource extends AssistantPageResource {

        OfAdminsResource(Assistants assistants, AssistantTrials trials, TypedSecrets secrets) {
            super(assistants, trials, secrets);
        }
    }

    @GET
    @Path("assistant")
    public Response show(@Context AdminRequest request) {
        var seen = request.value(assistants.read(request.actor(), request.project(), request.id()));
        return Html.ok(page(
                request, seen, AssistantDraft.of(seen.settings()), "", FieldErrors.NONE, "", false, Optional.empty()));
    }

    private static WorkspaceAssistantPage page(
            AdminRequest request,
            Assistants.View seen,
            AssistantDraft draft,
            String typedKey,
            FieldErrors errors,
            String said,
            boolean trying,
            Optional<AssistantEditor.TrialResult> tried) {
        return new WorkspaceAssistantPage(
                request.frame("Assistant"),
                request.call().query("done").filter(SAVED::equals).isPresent(),
                new AssistantEditor(
                        request.base() + PAGE,
                        request.as().orElse(""),
                        draft,
                        errors,
                        seen.changed(),
                        seen.settings().model().key(),
                        typedKey,
                        seen.usage(),
                        Words.nameOf(seen.zone()),
                        said,
                        trying,
                        tried));
    }

    /// Saves, tries, or changes the list of rules, depending on the button.
    @POST
    @Path("assistant")
    public Response post(@Context AdminRequest request, @BeanParam AssistantForm form) {
        form.keepKey(
                secrets,
                TypedSecrets.owner(request.actor().person(), request.id().value()));
        if (form.isEdit()) {
            return again(request, form, form.edited(), FieldErrors.NONE, Optional.empty());
        }
        return form.isTrial() ? attempt(request, form) : save(request, form);
    }

    private Response save(AdminRequest request, AssistantForm form) {
        AssistantDraft draft = form.draft();
        return assistants
                .save(request.actor(), request.project(), request.id(), draft)
                .fold(_ -> request.done(PAGE, SAVED), refusal -> refused(request, form, draft, refusal));
    }

    private Response attempt(AdminRequest request, AssistantForm form) {
        AssistantDraft draft = form.draft();
        return trials.answer(request.actor(), request.project(), request.id(), draft, form.message)
                .fold(
                        tried -> again(request, form, draft, FieldErrors.NONE, Optional.of(tried(form.message, tried))),
                        refusal -> refused(request, form, draft, refusal));
    }

    private Response refused(AdminRequest request, AssistantForm form, AssistantDraft draft, Refusal refusal) {
        return switch (refusal) {
            case Refusal.Rejected rejected ->
                again(request, form, draft, FieldErrors.from(rejected.invalid()), Optional.empty());
            case Refusal.TooMany _ ->
                again(
                        request,
                        form,
                        draft,
                        new FieldErrors(Map.of("message", "Too many previews. Wait a minute and try again.")),
                        Optional.empty());
            case Refusal other -> request.refused(other);
        };
    }

    private Response again(
            AdminRequest request,
            AssistantForm form,
            AssistantDraft draft,
            FieldErrors errors,
            Optional<AssistantEditor.TrialResult> tried) {
        var seen = request.value(assistants.read(request.actor(), request.project(), request.id()));
        return Html.answer(
                errors.any() ? 422 : 200,
                page(request, seen, draft, form.typedKey, errors, form.message, form.isTrial(), tried));
    }

    private static AssistantEditor.TrialResult tried(String said, Tried tried) {
        String outcome = switch (tried.answer()) {
            case Answer.Said _ -> "said";
            case Answer.HandedOver _ -> "handed";
            case Answer.Failed _ -> "failed";
        };
        return new AssistantEditor.TrialResult(said, outcome, tried.answer().text(), tried.sentences());
    }
}

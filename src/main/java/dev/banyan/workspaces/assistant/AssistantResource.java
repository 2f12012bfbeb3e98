package dev.banyan.workspaces.assistant;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.web.answer.Refused;
import dev.banyan.platform.web.answer.WholeEnvelope;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.workspaces.access.WorkspaceRequest;
import dev.banyan.workspaces.assistant.AssistantDraft.Hours;
import dev.banyan.workspaces.assistant.AssistantDraft.ModelDraft;
import dev.banyan.workspaces.assistant.AssistantSettings.HandOver;
import dev.banyan.workspaces.assistant.AssistantSettings.Rule;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// The JSON API of workspace assistants, in the terms of the sub-client seed's other routes.
@Path("/api/projects")
@RunOnVirtualThread
@JsonResource
@Tag(name = "Assistants", description = "The assistants that answer in sub-clients.")
class AssistantResource {

    private static final String FORBIDDEN = "Only sub-client admins can change the assistant";

    record RuleBody(
            @Schema(description = "Keywords or phrases, separated by commas; the first matching rule answers")
            Optional<String> words,

            @Schema(description = "`{workspace}` and `{name}` are replaced by names")
            Optional<String> answer) {}

    record HoursBody(
            @Schema(
                    description = "`mon` to `sun`; a day may have up to 6 entries, as before and after lunch",
                    example = "mon")
            Optional<String> day,

            @Schema(example = "09:00") Optional<String> from,

            @Schema(description = "A time before `from` is one of the next day", example = "18:00")
            Optional<String> until) {}

    record AssistantBody(
            @Schema(description = "`rules` or `openai`", example = "rules")
            Optional<String> kind,

            @Schema(description = "Whether it also answers WhatsApp contacts until a person replies")
            Optional<Boolean> forContacts,

            Optional<String> greeting,
            Optional<List<RuleBody>> rules,
            Optional<String> fallback,
            Optional<String> handoverWords,
            Optional<String> handoverText,

            @Schema(
                    description =
                            "Minutes for which it leaves a contact alone after someone answered on the phone, 0 to"
                                    + " 10080")
            Optional<Integer> phonePause,

            @Schema(
                    description =
                            "Answers to a contact in ten minutes, after which it hands over to a person, 1 to 100")
            Optional<Integer> mostAnswers,

            @Schema(example = "Asia/Dubai") Optional<String> timeZone,

            @Schema(description = "Days not listed are closed; an empty list means always open")
            Optional<List<HoursBody>> officeHours,

            @Schema(description = "Dates on which the team is away")
            Optional<List<String>> closedDays,

            Optional<String> closedText,

            @Schema(description = "Base URL of an OpenAI-compatible API", example = "https://api.openai.com/v1")
            Optional<String> endpoint,

            Optional<String> model,
            Optional<String> instructions,
            Optional<BigDecimal> temperature,
            Optional<Integer> maxTokens,

            @Schema(description = "Absent keeps the saved key, empty removes it. Never returned")
            Optional<String> apiKey) {}

    @Schema(requiredProperties = "message")
    record TrialBody(
            Optional<String> message,

            @Schema(description = "Settings to try; absent fields keep their current values")
            Optional<AssistantBody> assistant) {}

    record RuleView(String words, String answer) {}

    record HoursView(String day, String from, String until) {}

    @JsonInclude(Include.NON_ABSENT)
    record AssistantView(
            String kind,
            boolean forContacts,
            String greeting,
            List<RuleView> rules,
            String fallback,
            String handoverWords,
            String handoverText,
            int phonePause,
            int mostAnswers,
            String timeZone,
            List<HoursView> officeHours,
            List<String> closedDays,
            String closedText,
            String endpoint,
            String model,
            String instructions,
            BigDecimal temperature,
            int maxTokens,
            @Schema(description = "Whether a key is set") boolean hasApiKey,

            @Schema(description = "The last characters of the key, if it is long enough")
            Optional<String> apiKeyEnd,

            @Schema(description = "False while the default rules are used")
            boolean changed,

            @Schema(
                    description =
                            "The last 30 days in the account’s time zone, newest first, without days that had no usage")
            List<AssistantUsage> usage) {}

    record OneAssistant(AssistantView assistant) {}

    @JsonInclude(Include.NON_ABSENT)
    record AssistantAnswer(boolean success, OneAssistant data, Optional<String> message) implements WholeEnvelope {}

    record Trial(
            String answer,

            @Schema(description = "`said`, `handed_over` or `failed`")
            String outcome,

            @Schema(description = "Why this answer was given, in sentences")
            List<String> reasons) {}

    private final Assistants assistants;
    private final AssistantTrials trials;

    AssistantResource(Assistants assistants, AssistantTrials trials) {
        this.assistants = assistants;
        this.trials = trials;
    }

    @GET
    @Path("{projectId}/sub-clients/{subClientId}/assistant")
    @Operation(summary = "Get the assistant of a sub-client")
    @APIResponseSchema(
            value = AssistantAnswer.class,
            responseDescription = "The current settings and language model usage")
    public AssistantAnswer get(@Context WorkspaceRequest request) {
        return view(seen(request), Optional.empty());
    }

    private Assistants.View seen(WorkspaceRequest request) {
        return request.done(assistants.read(request.actor(), request.project(), request.workspace()), FORBIDDEN);
    }

    @PUT
    @Path("{projectId}/sub-clients/{subClientId}/assistant")
    @Operation(summary = "Update the assistant of a sub-client; absent fields keep their values")
    @APIResponseSchema(value = AssistantAnswer.class, responseDescription = "The updated settings")
    public AssistantAnswer change(@Context WorkspaceRequest request, AssistantBody body) {
        AssistantDraft draft = draft(seen(request).settings(), Optional.of(body));
        request.done(assistants.save(request.actor(), request.project(), request.workspace(), draft), FORBIDDEN);
        return view(seen(request), Optional.of("Assistant updated successfully"));
    }

    @POST
    @Path("{projectId}/sub-clients/{subClientId}/assistant/try")
    @Operation(summary = "Preview the assistant’s answer without storing anything")
    @APIResponseSchema(value = Trial.class, responseDescription = "The answer to a first message, and why it was given")
    @APIResponse(responseCode = "429", description = "Too many previews")
    public Trial attempt(@Context WorkspaceRequest request, TrialBody body) {
        AssistantDraft draft = draft(seen(request).settings(), body.assistant());
        String message = body.message().orElse("");
        return trial(request.done(
                trials.answer(request.actor(), request.project(), request.workspace(), draft, message), FORBIDDEN));
    }

    private static Trial trial(AssistantTrials.Tried done) {
        String outcome = switch (done.answer()) {
            case Assistant.Answer.Said _ -> "said";
            case Assistant.Answer.HandedOver _ -> "handed_over";
            case Assistant.Answer.Failed _ -> "failed";
        };
        return new Trial(done.answer().text(), outcome, done.sentences());
    }

    /// Returns the settings in force, overridden by the body.
    private static AssistantDraft draft(AssistantSettings settings, Optional<AssistantBody> typed) {
        AssistantDraft before = AssistantDraft.of(settings);
        if (typed.isEmpty()) {
            return before;
        }
        AssistantBody body = typed.get();
        return new AssistantDraft(
                body.kind().orElse(before.kind()),
                body.forContacts().orElse(before.forContacts()),
                body.greeting().orElse(before.greeting()),
                body.rules()
                        .map(rules -> rules.stream()
                                .map(rule -> new Rule(
                                        rule.words().orElse(""), rule.answer().orElse("")))
                                .toList())
                        .orElse(before.rules()),
                body.fallback().orElse(before.fallback()),
                new HandOver(
                        body.handoverWords().orElse(before.handOver().words()),
                        body.handoverText().or(before.handOver()::text).filter(text -> !text.isBlank()),
                        body.phonePause().orElse(before.handOver().phonePause()),
                        body.mostAnswers().orElse(before.handOver().mostAnswers())),
                body.timeZone().orElse(before.timeZone()),
                body.officeHours().map(AssistantResource::hours).orElse(before.hours()),
                body.closedDays().map(days -> String.join(",", days)).orElse(before.closedDays()),
                body.closedText().orElse(before.closedText()),
                new ModelDraft(
                        body.endpoint().orElse(before.model().endpoint()),
                        body.model().orElse(before.model().name()),
                        body.instructions().orElse(before.model().instructions()),
                        body.temperature()
                                .map(AssistantResource::typed)
                                .orElse(before.model().temperature()),
                        body.maxTokens()
                                .map(Object::toString)
                                .orElse(before.model().maxTokens())),
                body.apiKey());
    }

    /// Formats a number as typed. Numbers far from any temperature are not written out: `1e-999999999` has a billion
    /// digits.
    private static String typed(BigDecimal number) {
        return number.scale() > 6 || number.abs().compareTo(BigDecimal.TEN) > 0
                ? BigDecimal.TEN.toString()
                : number.stripTrailingZeros().toPlainString();
    }

    private static List<Hours> hours(List<HoursBody> typed) {
        return typed.stream()
                .map(hours -> new Hours(
                        OfficeHours.day(hours.day().orElse(""))
                                .orElseThrow(() -> Refused.invalid(
                                        new Invalid("officeHours", "day must be mon, tue, wed, thu, fri, sat or sun"))),
                        time(hours.from()),
                        time(hours.until())))
                .toList();
    }

    /// A day without times doesn't count in a form. Without any that does, all days would be open.
    private static String time(Optional<String> typed) {
        return typed.filter(text -> !text.isBlank()).orElse("none");
    }

    private static AssistantAnswer view(Assistants.View seen, Optional<String> message) {
        AssistantSettings settings = seen.settings();
        AssistantDraft draft = AssistantDraft.of(settings);
        var view = new AssistantView(
                draft.kind(),
                draft.forContacts(),
                draft.greeting(),
                draft.rules().stream()
                        .map(rule -> new RuleView(rule.words(), rule.answer()))
                        .toList(),
                draft.fallback(),
                draft.handOver().words(),
                draft.handOver().text().orElse(""),
                draft.handOver().phonePause(),
                draft.handOver().mostAnswers(),
                draft.timeZone(),
                draft.hours().stream()
                        .map(hours -> new HoursView(OfficeHours.key(hours.day()), hours.from(), hours.until()))
                        .toList(),
                settings.hours().closedDays().stream()
                        .sorted()
                        .map(Object::toString)
                        .toList(),
                draft.closedText(),
                draft.model().endpoint(),
                draft.model().name(),
                draft.model().instructions(),
                BigDecimal.valueOf(settings.model().temperature(), 2),
                settings.model().maxTokens(),
                settings.model().key().isPresent(),
                settings.model().key().map(AssistantSettings.Key::end).filter(end -> !end.isEmpty()),
                seen.changed(),
                seen.usage());
        return new AssistantAnswer(true, new OneAssistant(view), message);
    }
}

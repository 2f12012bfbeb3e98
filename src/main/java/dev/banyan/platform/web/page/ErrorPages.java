package dev.banyan.platform.web.page;

import module java.base;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.answer.Noun;
import dev.banyan.platform.web.answer.Refused;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;

/// Pages that say what went wrong and what to do, with a request id for support.
@Singleton
public record ErrorPages(Clock clock, Assets assets) {

    private static final String DASHBOARD = "Open dashboard";

    public Response answer(Call call, int status, String title, String text) {
        return answer(call, status, title, text, "/", DASHBOARD);
    }

    /// @param link where people continue, and what the button there says
    public Response answer(Call call, int status, String title, String text, String link, String linkLabel) {
        return answer(status, title, text, link, linkLabel, Assets.theme(call), call.requestId());
    }

    /// Answers an act that was refused where no form is drawn again.
    public Response refused(Call call, Refused refused) {
        Noun noun = refused.noun();
        return refused.refusal() instanceof Refusal.Forbidden
                ? answer(call, 403, "This is for people of the account", noun.whyNotSupport())
                : answer(
                        call,
                        404,
                        noun.name() + " not found",
                        "It may have been deleted. Go back to your " + noun.many() + ".");
    }

    public Response answer(int status, String title, String text, Optional<String> theme, String requestId) {
        return answer(status, title, text, "/", DASHBOARD, theme, requestId);
    }

    private Response answer(
            int status,
            String title,
            String text,
            String link,
            String linkLabel,
            Optional<String> theme,
            String requestId) {
        return Html.answer(
                status,
                new ErrorPage(
                        new Door(title, theme, assets.version()),
                        status,
                        title,
                        text,
                        requestId,
                        Words.exact(clock.instant()),
                        link,
                        linkLabel));
    }
}

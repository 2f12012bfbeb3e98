package dev.banyan.accounts.signin;

import module java.base;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.Assets;
import dev.banyan.platform.web.page.Html;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;

/// Asks for the second factor after a first step that was taken elsewhere.
@Singleton
public record SecondStepAnswers(Assets assets) {

    /// @param back the page that the person asked for before
    public Response ask(Call call, AwaitedFactors.Asked asked, Optional<String> back) {
        return Html.ok(
                SecondStepPage.of(assets.door(SecondStepPage.TITLE, call), asked, back, Optional.empty(), false));
    }
}

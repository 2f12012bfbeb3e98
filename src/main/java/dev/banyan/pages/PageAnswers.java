package dev.banyan.pages;

import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.ErrorPages;
import jakarta.ws.rs.core.Response;

/// Answers what several rooms say of a page.
public final class PageAnswers {

    private PageAnswers() {}

    /// For a page that is not there, or not for whoever asks.
    public static Response unknownPage(Call call, ErrorPages errorPages) {
        return errorPages.answer(
                call,
                404,
                "There is nothing at this address",
                "The page may be deleted, or it belongs to an account you cannot see. Start from your pages.");
    }
}

package dev.banyan.accounts.context;

import module java.base;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.PageFrame;

/// A request for a page with a person’s own settings: `@Context SignedInPage page`. It also works for people without an
/// account of their own, whatever account they work for. Who may not see it has been answered before the method is
/// called.
public record SignedInPage(Call call, SignedInPerson self, PageFrames frames) {

    public PageFrame frame(String title) {
        return frames.of(call, self, title);
    }
}

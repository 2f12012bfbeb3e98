package dev.banyan.accounts.context;

import module java.base;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.PageFrame;

/// A request for a page with a person’s own settings: `@Context SignedInPage page`. It also works for people without an
/// account of their own, whatever account they work for. Who may not see it has been answered before the method is
/// called.
public final class SignedInPage {

    private final Call call;
    private final SignedInPerson self;
    private final PageFrames frames;

    SignedInPage(Call call, SignedInPerson self, PageFrames frames) {
        this.call = call;
        this.self = self;
        this.frames = frames;
    }

    public Call call() {
        return call;
    }

    public SignedInPerson self() {
        return self;
    }

    public PageFrame frame(String title) {
        return frames.of(call, self, title);
    }
}

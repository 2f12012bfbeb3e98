package dev.banyan.platform.sso;

import module java.base;
import dev.banyan.platform.sso.ProviderTests.Result;
import dev.banyan.platform.web.page.FieldErrors;

/// A settings form, with its errors or the result of its test.
///
/// @param status with which the page shows it
/// @param tested the result of a test
public record SsoDraft(int status, SsoForm form, FieldErrors errors, Optional<Result> tested) {

    public static SsoDraft of(SsoForm form) {
        return new SsoDraft(200, form, FieldErrors.NONE, Optional.empty());
    }

    public static SsoDraft tested(SsoForm form, Result result) {
        return new SsoDraft(200, form, FieldErrors.NONE, Optional.of(result));
    }
}

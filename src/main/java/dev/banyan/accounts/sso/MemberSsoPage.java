package dev.banyan.accounts.sso;

import module java.base;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.sso.ProviderTests;
import dev.banyan.platform.sso.SignInRow;
import dev.banyan.platform.sso.SsoAddresses;
import dev.banyan.platform.sso.SsoForm;
import dev.banyan.platform.sso.SsoPreset;
import dev.banyan.platform.sso.realm.SsoCutLinkStore.CutLink;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The settings of members’ single sign-on.
///
/// @param action the address of the page
/// @param addresses what the provider must know
/// @param others the present ones, if it knows former ones
/// @param guide how the provider is set up there
/// @param signInAddress where members sign in
/// @param proved the domains that can be bound
/// @param hasSecret whether a secret or pasted metadata are saved
/// @param reach who could come in
/// @param cut people who have to sign in once more
/// @param tested the result of a test
/// @param signIns what became of recent sign-ins
@CheckedTemplate(basePath = "accounts")
record MemberSsoPage(
        PageFrame shell,
        String action,
        SsoForm form,
        FieldErrors errors,
        SsoAddresses addresses,
        Optional<SsoAddresses> others,
        SsoPreset.Guide guide,
        String signInAddress,
        List<String> proved,
        boolean isSetUp,
        boolean hasSecret,
        String reach,
        List<CutLink<IdentityId>> cut,
        Optional<ProviderTests.Result> tested,
        SignInRow.Rows signIns)
        implements TemplateInstance {}

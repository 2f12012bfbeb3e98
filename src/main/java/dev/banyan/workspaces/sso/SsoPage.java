package dev.banyan.workspaces.sso;

import module java.base;
import dev.banyan.platform.sso.ProviderTests;
import dev.banyan.platform.sso.SignInRow;
import dev.banyan.platform.sso.SsoAddresses;
import dev.banyan.platform.sso.SsoForm;
import dev.banyan.platform.sso.SsoPreset;
import dev.banyan.platform.sso.realm.SsoCutLinkStore.CutLink;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.workspaces.access.AdminFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The settings of single sign-on. `action` is the address of the page; `addresses` are what the provider must know,
/// and `guide` how it is set up there; `others` are the present ones, if it knows former ones; `hasSecret` says that a
/// secret or pasted metadata are saved; `reach` says who could come in, and `notice` why new people can’t; `cut` are
/// people who have to sign in once more; `tested` is the result of a test; `signIns` are the recent ones.
@CheckedTemplate(basePath = "workspaces")
record SsoPage(
        AdminFrame frame,
        String action,
        SsoForm form,
        FieldErrors errors,
        SsoAddresses addresses,
        SsoPreset.Guide guide,
        Optional<SsoAddresses> others,
        boolean isSetUp,
        boolean hasSecret,
        String reach,
        Optional<String> notice,
        List<CutLink<Integer>> cut,
        Optional<ProviderTests.Result> tested,
        SignInRow.Rows signIns)
        implements TemplateInstance {}

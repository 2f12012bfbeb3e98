package dev.banyan.whatsapp.campaigns;

import module java.base;
import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The campaigns of an account. `first` and `older` are the addresses of other pages of the list; `live` says whether
/// one of these runs, so that the page refreshes itself. Without `pools` there is nothing to send over.
@CheckedTemplate(basePath = "whatsapp")
record CampaignsPage(
        PageFrame shell,
        List<CampaignView> campaigns,
        boolean pools,
        boolean live,
        String here,
        Optional<String> first,
        Optional<String> older)
        implements TemplateInstance {}

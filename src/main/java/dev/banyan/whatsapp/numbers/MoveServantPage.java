package dev.banyan.whatsapp.numbers;

import module java.base;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.whatsapp.access.SenderView;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The page that moves a servant to another master.
@CheckedTemplate(basePath = "whatsapp")
record MoveServantPage(
        PageFrame shell, SenderView servant, String masterName, List<Choice> masters, boolean refused, boolean fragment)
        implements TemplateInstance {}

package dev.banyan.whatsapp.pools;

import module java.base;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.whatsapp.PoolSettings;
import dev.banyan.whatsapp.Strategy;
import dev.banyan.whatsapp.access.SenderView;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The settings of a pool: load balancing, limits, its role and priority, and moving all its servants.
///
/// @param form the texts of its fields, as typed
@CheckedTemplate(basePath = "whatsapp")
record PoolSettingsPage(
        PageFrame shell,
        SenderView master,
        String paused,
        List<Strategy> strategies,
        List<PoolSettings.PoolClass> classes,
        Map<String, String> form,
        FieldErrors errors,
        Place place,
        FieldErrors placeErrors,
        long servants,
        List<Choice> others,
        boolean moveRefused,
        List<String> zones)
        implements TemplateInstance {

    record Place(boolean backup, String priority) {}
}

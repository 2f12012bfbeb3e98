package dev.banyan.pages.looks;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.banyan.themes.HexColor;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;

/// The posted fields of the appearance page. They are converted to the same document as in the API, so the same rules
/// apply. Fields that are not sent stay unchanged.
class AppearanceForm {

    private static final int PERCENT = 100;

    @FormParam("theme")
    @DefaultValue("")
    String theme = "";

    @FormParam("displayName")
    @DefaultValue("")
    String displayName = "";

    @FormParam("bio")
    @DefaultValue("")
    String bio = "";

    @FormParam("profileLayout")
    @DefaultValue("")
    String profileLayout = "";

    @FormParam("titleStyle")
    @DefaultValue("")
    String titleStyle = "";

    @FormParam("titleSize")
    @DefaultValue("")
    String titleSize = "";

    @FormParam("titleFont")
    @DefaultValue("")
    String titleFont = "";

    @FormParam("bodyFont")
    @DefaultValue("")
    String bodyFont = "";

    @FormParam("titleColor")
    @DefaultValue("")
    String titleColor = "";

    @FormParam("pageColor")
    @DefaultValue("")
    String pageColor = "";

    @FormParam("wallpaperType")
    @DefaultValue("")
    String wallpaperType = "";

    @FormParam("groundColor")
    @DefaultValue("")
    String groundColor = "";

    @FormParam("gradientStart")
    @DefaultValue("")
    String gradientStart = "";

    @FormParam("gradientEnd")
    @DefaultValue("")
    String gradientEnd = "";

    @FormParam("gradientDirection")
    @DefaultValue("")
    String gradientDirection = "";

    @FormParam("patternType")
    @DefaultValue("")
    String patternType = "";

    @FormParam("patternColor")
    @DefaultValue("")
    String patternColor = "";

    @FormParam("blur")
    @DefaultValue("")
    String blur = "";

    @FormParam("opacity")
    @DefaultValue("")
    String opacity = "";

    @FormParam("buttonType")
    @DefaultValue("")
    String buttonType = "";

    @FormParam("corners")
    @DefaultValue("")
    String corners = "";

    @FormParam("shadow")
    @DefaultValue("")
    String shadow = "";

    @FormParam("buttonColor")
    @DefaultValue("")
    String buttonColor = "";

    @FormParam("buttonText")
    @DefaultValue("")
    String buttonText = "";

    @FormParam("borderColor")
    @DefaultValue("")
    String borderColor = "";

    @FormParam("hoverEffect")
    @DefaultValue("")
    String hoverEffect = "";

    @FormParam("hideFooter")
    @DefaultValue("")
    String hideFooter = "";

    /// The button next to a warning: a field and the readable colour for it.
    @FormParam("fix")
    @DefaultValue("")
    String fix = "";

    ObjectNode document() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        put(node, "theme", theme);
        node.put("customTheme", theme.equals("custom"));
        ObjectNode header = node.putObject("header");
        put(header, "profileImageLayout", profileLayout);
        put(header, "titleStyle", titleStyle);
        header.put("displayName", displayName);
        header.put("bio", bio);
        ObjectNode text = node.putObject("text");
        put(text, "titleFont", titleFont);
        put(text, "bodyFont", bodyFont);
        put(text, "titleColor", titleColor);
        put(text, "pageTextColor", pageColor);
        put(text, "titleSize", titleSize);
        ObjectNode wallpaper = node.putObject("wallpaper");
        put(wallpaper, "type", wallpaperType);
        putOrClear(wallpaper, "color", groundColor);
        putOrClear(wallpaper, "gradientStart", gradientStart);
        putOrClear(wallpaper, "gradientEnd", gradientEnd);
        putNumber(wallpaper, "gradientDirection", gradientDirection, 1);
        putOrClear(wallpaper, "patternType", patternType);
        putOrClear(wallpaper, "patternColor", patternColor);
        putNumber(wallpaper, "blur", blur, 1);
        putNumber(wallpaper, "opacity", opacity, PERCENT);
        ObjectNode buttons = node.putObject("buttons");
        put(buttons, "type", buttonType);
        put(buttons, "cornerRadius", corners);
        put(buttons, "shadow", shadow);
        put(buttons, "backgroundColor", buttonColor);
        put(buttons, "textColor", buttonText);
        putOrClear(buttons, "borderColor", borderColor);
        put(buttons, "hoverEffect", hoverEffect);
        node.put("hideFooter", hideFooter.equals("true"));
        mend(text, buttons);
        return node;
    }

    private void mend(ObjectNode text, ObjectNode buttons) {
        String[] parts = fix.split("=", 2);
        if (parts.length < 2 || HexColor.parse(parts[1]).isEmpty()) {
            return;
        }
        switch (parts[0]) {
            case "text.titleColor" -> text.put("titleColor", parts[1]);
            case "text.pageTextColor" -> text.put("pageTextColor", parts[1]);
            case "buttons.textColor" -> buttons.put("textColor", parts[1]);
            default -> {
                // A forged value.
            }
        }
    }

    private static void put(ObjectNode node, String name, String typed) {
        if (!typed.isBlank()) {
            node.put(name, typed.strip());
        }
    }

    private static void putOrClear(ObjectNode node, String name, String typed) {
        if (typed.isBlank()) {
            node.putNull(name);
        } else {
            node.put(name, typed.strip());
        }
    }

    /// Leaves a text that is not a number unchanged, so that validation reports it.
    private static void putNumber(ObjectNode node, String name, String typed, int of) {
        if (typed.isBlank()) {
            return;
        }
        try {
            double number = Double.parseDouble(typed.strip());
            node.put(name, number / of);
        } catch (NumberFormatException _) {
            node.put(name, typed.strip());
        }
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/look.h"

#include "widgets/common/accessible.h"
#include "widgets/common/colortable.h"
#include "widgets/common/pennantstyle.h"

#include <QApplication>
#include <QFontDatabase>
#include <QPalette>

namespace {

constexpr double defaultPixels = 13;
constexpr double defaultFixedPixels = 12;
// Points, not pixels: a font given in points grows with the desktop's text scale.
constexpr double pointsPerPixel = 72.0 / 96.0;

struct State {
    std::optional<Look::Scheme> forced;
    Look::Scheme scheme = Look::Scheme::Light;
    ColorTable colors = lightColors();
    QFont fixedFont;
};

State &state()
{
    static State state;
    return state;
}

/// What Qt names where no desktop tells it a font.
bool isNoChoice(const QString &family)
{
    static const QStringList generic = {QString(), QStringLiteral("Sans Serif"), QStringLiteral("Sans"),
        QStringLiteral("sans-serif"), QStringLiteral("monospace"), QStringLiteral("Monospace"),
        QStringLiteral("fixed")};
    return generic.contains(family);
}

/// `family` where it is installed, else what Qt names. Asking the font database which it is would cost start-up time.
QFont preferredFont(const QString &family, const QFont &otherwise, double pixels)
{
    QFont font;
    font.setFamilies({family, otherwise.family()});
    font.setPointSizeF(pixels * pointsPerPixel);
    return font;
}

QFont grown(QFont font, double pixels)
{
    if (font.pixelSize() > 0)
        font.setPixelSize(qMax(8, qRound(font.pixelSize() + pixels)));
    else
        font.setPointSizeF(qMax(6.0, font.pointSizeF() + pixels * pointsPerPixel));
    return font;
}

QFont weighted(QFont font, QFont::Weight weight)
{
    font.setWeight(weight);
    return font;
}

void chooseFonts(QApplication &application)
{
    const QFont body = QApplication::font();
    if (isNoChoice(body.family()))
        application.setFont(preferredFont(QStringLiteral("Inter"), body, defaultPixels));

    state().fixedFont = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    if (isNoChoice(state().fixedFont.family()))
        state().fixedFont = preferredFont(QStringLiteral("JetBrains Mono"), state().fixedFont, defaultFixedPixels);
    // Ligatures would show "->" and ">=" as other characters than those that are copied.
    state().fixedFont.setStyleStrategy(QFont::PreferNoShaping);
}

} // namespace

void Look::install(QApplication &application, std::optional<Scheme> scheme)
{
    state().forced = scheme;
    chooseFonts(application);
    installAccessibility();
    application.setStyle(new PennantStyle);
}

void Look::apply(QApplication &application, std::optional<Scheme> scheme)
{
    state().forced = scheme;
    // An empty palette is resolved anew from the desktop's, which PennantStyle::polish() then turns into ours.
    application.setPalette(QPalette());
}

Look::Scheme Look::scheme()
{
    return state().scheme;
}

QColor Look::color(Role role)
{
    return QColor::fromRgb(state().colors[role]);
}

QColor Look::toneColor(Tone tone)
{
    static constexpr Role roles[] = {SoftText, Accent, Good, Warning, Bad};
    return color(roles[int(tone)]);
}

QColor Look::toneGround(Tone tone)
{
    static constexpr Role roles[] = {FaintLine, AccentGround, GoodGround, WarningGround, BadGround};
    return color(roles[int(tone)]);
}

QFont Look::bodyFont()
{
    return QApplication::font();
}

QFont Look::captionFont()
{
    return grown(bodyFont(), -1.5);
}

QFont Look::nameFont()
{
    return weighted(bodyFont(), QFont::Medium);
}

QFont Look::titleFont()
{
    return weighted(bodyFont(), QFont::DemiBold);
}

QFont Look::sectionFont()
{
    return weighted(grown(bodyFont(), 2), QFont::DemiBold);
}

QFont Look::figureFont()
{
    return weighted(grown(bodyFont(), 7), QFont::DemiBold);
}

QFont Look::fixedFont()
{
    return state().fixedFont;
}

void Look::adoptPalette(QPalette &palette)
{
    State &current = state();
    const bool isDark = palette.color(QPalette::Window).lightness() < 128;
    current.scheme = current.forced.value_or(isDark ? Scheme::Dark : Scheme::Light);
    const std::optional<ColorTable> chosen = current.forced ? std::nullopt : chosenColors(palette);
    current.colors = chosen.value_or(current.scheme == Scheme::Dark ? darkColors() : lightColors());

    const auto set = [&palette](QPalette::ColorRole to, Role from, Role disabled) {
        palette.setColor(to, color(from));
        palette.setColor(QPalette::Disabled, to, color(disabled));
    };
    set(QPalette::Window, Window, Window);
    set(QPalette::WindowText, Text, FaintText);
    set(QPalette::Base, Surface, Surface);
    set(QPalette::AlternateBase, HeaderRow, HeaderRow);
    set(QPalette::Text, Text, FaintText);
    set(QPalette::PlaceholderText, FaintText, FaintText);
    set(QPalette::Button, Surface, Surface);
    set(QPalette::ButtonText, Text, FaintText);
    set(QPalette::BrightText, Bad, Bad);
    set(QPalette::Highlight, Selection, Selection);
    set(QPalette::HighlightedText, Text, FaintText);
    set(QPalette::Link, Accent, FaintText);
    set(QPalette::LinkVisited, Accent, FaintText);
    set(QPalette::ToolTipBase, Surface, Surface);
    set(QPalette::ToolTipText, Text, Text);
    set(QPalette::Light, Surface, Surface);
    set(QPalette::Midlight, FaintLine, FaintLine);
    set(QPalette::Mid, Line, Line);
    set(QPalette::Dark, Line, Line);
    set(QPalette::Shadow, Line, Line);
}

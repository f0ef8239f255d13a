// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProxyStyle>

class ReturnPresses;
class WheelGuard;

/// Draws the standard widgets in the program's look, over Fusion, and turns the desktop's palette into ours.
///
/// Gives buttons a key that they lack in windows: Return presses the one that has the keyboard.
///
/// Dynamic properties it knows, all bool: "primary", "danger" and "flat" on push buttons; "invalid" on what one types
/// into; "bare" (no frame, no ground) on line edits. QTabBar::tabData() of a tab is a count that stands after its text.
class PennantStyle final : public QProxyStyle {
    Q_OBJECT

public:
    PennantStyle();

    void polish(QPalette &palette) override;
    void polish(QWidget *widget) override;
    void unpolish(QWidget *widget) override;
    using QProxyStyle::polish;
    using QProxyStyle::unpolish;

    void drawPrimitive(
        PrimitiveElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const override;
    void drawControl(
        ControlElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
        const QWidget *widget) const override;
    QRect subElementRect(SubElement element, const QStyleOption *option, const QWidget *widget) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl part,
        const QWidget *widget) const override;
    QSize sizeFromContents(
        ContentsType type, const QStyleOption *option, const QSize &size, const QWidget *widget) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const override;
    int styleHint(
        StyleHint hint, const QStyleOption *option, const QWidget *widget, QStyleHintReturn *result) const override;
    QIcon standardIcon(StandardPixmap which, const QStyleOption *option, const QWidget *widget) const override;

private:
    ReturnPresses *m_returnPresses;
    WheelGuard *m_wheelGuard;
};

// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/colortable.h"

#include <QPalette>
#include <QTest>

/// Every text can be read on every ground that it stands on, in every set of colours.
class ColorTableTest final : public QObject {
    Q_OBJECT

private slots:
    void everyTextIsReadableOnEveryGround_data();
    void everyTextIsReadableOnEveryGround();
    void seriesAreSeenOnSurface_data() { addTables(); }
    void seriesAreSeenOnSurface();
    void usualDesktopColoursAreNotAChoice_data();
    void usualDesktopColoursAreNotAChoice();
    void chosenDesktopColoursWin();
    void contrastIsThatOfTheStandard();

private:
    static void addTables();
    static QPalette desktopPalette(const QColor &window, const QColor &text, const QColor &highlight);
};

namespace {

ColorTable tableNamed(const QString &name)
{
    if (name == QStringLiteral("light"))
        return lightColors();
    if (name == QStringLiteral("dark"))
        return darkColors();
    QPalette palette(Qt::black);
    palette.setColor(
        QPalette::Window, name == QStringLiteral("yellow on black") ? Qt::black : QColor(0x2E, 0x34, 0x40));
    palette.setColor(QPalette::Base, palette.color(QPalette::Window));
    palette.setColor(QPalette::WindowText, name == QStringLiteral("yellow on black") ? Qt::yellow : Qt::white);
    palette.setColor(QPalette::Highlight, QColor(0x00, 0xFF, 0xFF));
    return chosenColors(palette).value_or(ColorTable());
}

} // namespace

void ColorTableTest::addTables()
{
    QTest::addColumn<QString>("table");
    for (const char *name : {"light", "dark", "yellow on black", "nord"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

void ColorTableTest::everyTextIsReadableOnEveryGround_data()
{
    addTables();
}

void ColorTableTest::everyTextIsReadableOnEveryGround()
{
    QFETCH(QString, table);
    const ColorTable colors = tableNamed(table);
    const auto check = [&](Look::Role text, Look::Role ground) {
        const double reached = contrast(QColor::fromRgb(colors[text]), QColor::fromRgb(colors[ground]));
        QVERIFY2(reached >= 4.5, qPrintable(QStringLiteral("role %1 on %2: %3").arg(text).arg(ground).arg(reached)));
    };
    for (const Look::Role text :
        {Look::Text, Look::SoftText, Look::FaintText, Look::Accent, Look::Good, Look::Warning, Look::Bad}) {
        for (const Look::Role ground : {Look::Window, Look::Side, Look::Surface, Look::HeaderRow, Look::Selection})
            check(text, ground);
    }
    check(Look::Accent, Look::AccentGround);
    check(Look::Good, Look::GoodGround);
    check(Look::Warning, Look::WarningGround);
    check(Look::Bad, Look::BadGround);
    check(Look::OnAccent, Look::Accent);
    check(Look::OnAccent, Look::Bad);
    for (const Look::Role ground :
        {Look::AccentGround, Look::GoodGround, Look::WarningGround, Look::BadGround, Look::FaintLine})
        check(Look::Text, ground);
    for (const Look::Role ground : {Look::WarningGround, Look::BadGround, Look::FaintLine})
        check(Look::SoftText, ground);
}

void ColorTableTest::seriesAreSeenOnSurface()
{
    QFETCH(QString, table);
    const ColorTable colors = tableNamed(table);
    for (int role = Look::Series1; role <= Look::Series5; ++role)
        QVERIFY(contrast(QColor::fromRgb(colors[role]), QColor::fromRgb(colors[Look::Surface])) >= 3);
}

QPalette ColorTableTest::desktopPalette(const QColor &window, const QColor &text, const QColor &highlight)
{
    QPalette palette;
    palette.setColor(QPalette::Window, window);
    palette.setColor(QPalette::WindowText, text);
    palette.setColor(QPalette::Highlight, highlight);
    return palette;
}

void ColorTableTest::usualDesktopColoursAreNotAChoice_data()
{
    QTest::addColumn<QColor>("window");
    QTest::addColumn<QColor>("text");
    QTest::newRow("Fusion") << QColor(0xEF, 0xEF, 0xEF) << QColor(Qt::black);
    QTest::newRow("Adwaita") << QColor(0xF6, 0xF5, 0xF4) << QColor(0x2E, 0x34, 0x36);
    QTest::newRow("Adwaita dark") << QColor(0x35, 0x35, 0x35) << QColor(0xEE, 0xEE, 0xEC);
    QTest::newRow("Breeze") << QColor(0xEF, 0xF0, 0xF1) << QColor(0x23, 0x26, 0x29);
    QTest::newRow("Breeze dark") << QColor(0x2A, 0x2E, 0x32) << QColor(0xFC, 0xFC, 0xFC);
}

void ColorTableTest::usualDesktopColoursAreNotAChoice()
{
    QFETCH(QColor, window);
    QFETCH(QColor, text);
    QVERIFY(!chosenColors(desktopPalette(window, text, Qt::blue)));
}

void ColorTableTest::chosenDesktopColoursWin()
{
    const auto colors = chosenColors(desktopPalette(Qt::black, Qt::white, Qt::yellow));
    QVERIFY(colors);
    QCOMPARE(QColor::fromRgb((*colors)[Look::Window]), QColor(Qt::black));
    QCOMPARE(QColor::fromRgb((*colors)[Look::Text]), QColor(Qt::white));
}

void ColorTableTest::contrastIsThatOfTheStandard()
{
    QCOMPARE(contrast(Qt::white, Qt::black), 21.0);
    QCOMPARE(contrast(Qt::red, Qt::red), 1.0);
    QVERIFY(qAbs(contrast(QColor(0x76, 0x76, 0x76), Qt::white) - 4.54) < 0.01);
}

QTEST_MAIN(ColorTableTest)
#include "tst_colortable.moc"

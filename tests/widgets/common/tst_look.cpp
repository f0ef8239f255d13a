// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/look.h"

#include "widgets/common/painting.h"

#include <QApplication>
#include <QImage>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QStyleOptionButton>
#include <QTest>

/// The colours can be changed while the program runs, and reach what is on the screen.
class LookTest final : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { Look::install(*qApp, Look::Scheme::Light); }
    void init() { Look::apply(*qApp, Look::Scheme::Light); }

    void paletteFollowsTheScheme();
    void widgetsHearOfAChange();
    void textKeepsItsRole();
    void disabledTextIsFaint();
    void sizesFollowTheBodyFont();
    void fixedTextShowsEachCharacterAsItIs();
    void namesKeepTheirEnds();
    void focusLeavesTheEdgeOfAToggleToItsState();
};

void LookTest::namesKeepTheirEnds()
{
    const QFontMetrics metrics(QApplication::font());
    const QString name = QStringLiteral("arn:aws:eks:eu-central-1:123456789012:cluster/platform-main");
    const int width = metrics.horizontalAdvance(name) / 2;
    const QString cut = elidedName(metrics, name, width);
    QVERIFY(metrics.horizontalAdvance(cut) <= width);
    QVERIFY2(cut.startsWith(QStringLiteral("arn")) && cut.endsWith(QStringLiteral("platform-main")), qPrintable(cut));
    QCOMPARE(elidedName(metrics, name, 2 * width + 2), name);
}

void LookTest::paletteFollowsTheScheme()
{
    QCOMPARE(QApplication::palette().color(QPalette::Window), QColor(0xF5, 0xF6, 0xF8));
    Look::apply(*qApp, Look::Scheme::Dark);
    QCOMPARE(Look::scheme(), Look::Scheme::Dark);
    QCOMPARE(QApplication::palette().color(QPalette::Window), QColor(0x16, 0x19, 0x1D));
    QCOMPARE(Look::color(Look::Surface), QColor(0x1D, 0x21, 0x26));
}

void LookTest::widgetsHearOfAChange()
{
    QPushButton button;
    button.show();
    QVERIFY(QTest::qWaitForWindowExposed(&button));
    Look::apply(*qApp, Look::Scheme::Dark);
    QTRY_COMPARE(button.palette().color(QPalette::ButtonText), QColor(0xE7, 0xEA, 0xEE));
}

void LookTest::textKeepsItsRole()
{
    QLabel label;
    setTextRole(&label, Look::Bad);
    QCOMPARE(label.palette().color(QPalette::WindowText), Look::color(Look::Bad));
    label.show();
    Look::apply(*qApp, Look::Scheme::Dark);
    QTRY_COMPARE(label.palette().color(QPalette::WindowText), QColor(0xF5, 0x8A, 0x80));
    setTextRole(&label, Look::Good);
    QCOMPARE(label.palette().color(QPalette::WindowText), Look::color(Look::Good));
}

void LookTest::disabledTextIsFaint()
{
    QCOMPARE(QApplication::palette().color(QPalette::Disabled, QPalette::WindowText), Look::color(Look::FaintText));
}

void LookTest::sizesFollowTheBodyFont()
{
    const double body = QFontMetricsF(Look::bodyFont()).height();
    QVERIFY(QFontMetricsF(Look::captionFont()).height() < body);
    QVERIFY(QFontMetricsF(Look::sectionFont()).height() > body);
    QVERIFY(QFontMetricsF(Look::figureFont()).height() > QFontMetricsF(Look::sectionFont()).height());
    QCOMPARE(Look::nameFont().weight(), int(QFont::Medium));
    QCOMPARE(Look::titleFont().weight(), int(QFont::DemiBold));
}

void LookTest::fixedTextShowsEachCharacterAsItIs()
{
    const QFont font = Look::fixedFont();
    const double wide = QFontMetricsF(font).horizontalAdvance(QLatin1Char('m'));
    const auto drawn = [&font](const QStringList &pieces) {
        QImage image(200, 40, QImage::Format_RGB32);
        image.fill(Qt::white);
        QPainter painter(&image);
        painter.setFont(font);
        double left = 8;
        for (const QString &piece : pieces) {
            painter.drawText(QPointF(left, 28), piece);
            left += QFontMetricsF(painter.font()).horizontalAdvance(piece);
        }
        return image;
    };
    for (const char *text : {"->", ">=", "!=", "==>", "||", "www"}) {
        const QString whole = QLatin1String(text);
        QCOMPARE(QFontMetricsF(font).horizontalAdvance(whole), wide * double(whole.size()));
        QVERIFY2(drawn({whole}) == drawn(whole.split(QString(), Qt::SkipEmptyParts)), text);
    }
}

void LookTest::focusLeavesTheEdgeOfAToggleToItsState()
{
    QPushButton toggle(QStringLiteral("Previous"));
    toggle.setCheckable(true);
    toggle.resize(120, Look::controlHeight);
    const auto painted = [&toggle](QStyle::State state) {
        QStyleOptionButton option;
        option.initFrom(&toggle);
        option.state = QStyle::State_Enabled | state;
        QImage image(toggle.size(), QImage::Format_RGB32);
        image.fill(Look::color(Look::Window));
        QPainter painter(&image);
        toggle.style()->drawControl(QStyle::CE_PushButtonBevel, &option, &painter, &toggle);
        return image;
    };
    const auto edge = [](const QImage &image) { return image.pixelColor(image.width() / 2, 0); };
    const QImage off = painted(QStyle::State_Off);
    const QImage focused = painted(QStyle::State_Off | QStyle::State_HasFocus | QStyle::State_KeyboardFocusChange);
    QCOMPARE(edge(focused), edge(off));
    QVERIFY(edge(focused) != edge(painted(QStyle::State_On)));
    QVERIFY(focused != off);
}

QTEST_MAIN(LookTest)
#include "tst_look.moc"

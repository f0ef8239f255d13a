// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/windowdriver.h"

#include "widgets/common/segmentedchoice.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QScreen>
#include <QTabBar>
#include <QTest>

WindowDriver::WindowDriver(QWidget &window)
    : m_window(window)
{
}

QWidget *WindowDriver::visible(const QString &objectName) const
{
    const QWidgetList windows = QApplication::topLevelWidgets();
    for (QWidget *window : windows) {
        const auto found = window->findChildren<QWidget *>(objectName);
        for (QWidget *widget : found) {
            if (widget->isVisible() && !widget->size().isEmpty()) // laid out, too
                return widget;
        }
    }
    return nullptr;
}

QWidget *WindowDriver::await(const QString &objectName)
{
    QWidget *found = nullptr;
    if (hasFailed() || !waitFor([&] { return (found = visible(objectName)) && found->isEnabled(); }))
        fail(found ? QStringLiteral("%1 stays disabled: %2").arg(objectName, found->toolTip())
                   : QStringLiteral("%1 is not to be seen").arg(objectName));
    return found ? found : &m_window;
}

void WindowDriver::click(const QString &objectName)
{
    QWidget *widget = await(objectName);
    if (!hasFailed())
        QTest::mouseClick(widget, Qt::LeftButton);
}

void WindowDriver::type(const QString &objectName, const QString &text)
{
    QWidget *widget = await(objectName);
    if (hasFailed())
        return;
    widget->setFocus();
    QTest::keySequence(widget, QKeySequence::SelectAll);
    QTest::keyClicks(widget, text);
}

void WindowDriver::choose(const QString &objectName, const QString &text)
{
    auto *combo = qobject_cast<QComboBox *>(await(objectName));
    if (hasFailed())
        return;
    int index = -1;
    const bool isOffered = combo && waitFor([&] {
        index = combo->findText(text, Qt::MatchStartsWith);
        return index >= 0;
    });
    if (!isOffered)
        return fail(QStringLiteral("%1 offers no %2").arg(objectName, text));
    combo->setFocus();
    while (combo->currentIndex() != index)
        QTest::keyClick(combo, combo->currentIndex() < index ? Qt::Key_Down : Qt::Key_Up);
}

void WindowDriver::press(const QString &objectName, const QString &text)
{
    auto *choice = qobject_cast<SegmentedChoice *>(await(objectName));
    if (hasFailed())
        return;
    for (int i = 0; choice && i < choice->count(); ++i) {
        if (choice->choiceLabel(i) != text)
            continue;
        if (!choice->isChoiceEnabled(i))
            return fail(QStringLiteral("%1 of %2 can't be chosen: %3").arg(text, objectName, choice->choiceReason(i)));
        return QTest::mouseClick(choice, Qt::LeftButton, {}, choice->choiceRect(i).center());
    }
    fail(QStringLiteral("%1 has no %2").arg(objectName, text));
}

void WindowDriver::openTab(const QString &title)
{
    auto *tabs = qobject_cast<QTabBar *>(await(QStringLiteral("workspaceTabs")));
    for (int i = 0; tabs && i < tabs->count(); ++i) {
        if (tabs->tabText(i).remove(QLatin1Char('&')).startsWith(title)) {
            QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(i).center());
            QCoreApplication::processEvents(); // the page gets the keyboard after the click
            return;
        }
    }
    fail(QStringLiteral("there is no tab %1").arg(title));
}

QString WindowDriver::textIn(const QString &objectName) const
{
    const QWidget *root = objectName.isEmpty() ? &m_window : visible(objectName);
    if (!root)
        return {};
    QStringList texts{root->accessibleName(), root->accessibleDescription()};
    const auto add = [&](const QWidget *widget) {
        if (!widget->isVisible())
            return;
        if (auto label = qobject_cast<const QLabel *>(widget))
            texts.append(label->text());
        else if (auto button = qobject_cast<const QAbstractButton *>(widget))
            texts.append(QString(button->text()).remove(u'&')); // as it is read
        else if (auto edit = qobject_cast<const QLineEdit *>(widget))
            texts.append(edit->displayText());
        else if (auto plain = qobject_cast<const QPlainTextEdit *>(widget))
            texts.append(plain->toPlainText());
        else if (auto view = qobject_cast<const QAbstractItemView *>(widget); view && view->model()) {
            for (int row = 0; row < view->model()->rowCount(); ++row)
                for (int column = 0; column < view->model()->columnCount(); ++column)
                    texts.append(view->model()->index(row, column).data().toString());
        } else {
            texts.append(widget->accessibleName());
            texts.append(widget->accessibleDescription());
        }
    };
    add(root);
    const auto children = root->findChildren<QWidget *>();
    for (const QWidget *child : children)
        add(child);
    texts.removeAll(QString());
    return texts.join(QLatin1Char('\n'));
}

bool WindowDriver::shows(const QString &text, const QString &objectName, int seconds)
{
    if (hasFailed())
        return false;
    const bool isShown = waitFor([&] { return textIn(objectName).contains(text); }, seconds);
    if (!isShown)
        fail(QStringLiteral("“%1” does not come up in %2; there is:\n%3\nIn the whole window:\n%4")
                 .arg(text, objectName, textIn(objectName), textIn()));
    return isShown;
}

bool WindowDriver::refuses(const QString &objectName, const QString &reason, int seconds)
{
    if (hasFailed())
        return false;
    const QWidget *widget = nullptr;
    const bool isRefused = waitFor(
        [&] {
            widget = visible(objectName);
            return widget && !widget->isEnabled() && widget->toolTip().contains(reason)
                && widget->accessibleDescription().contains(reason);
        },
        seconds);
    if (!isRefused)
        fail(QStringLiteral("%1 is not disabled for “%2”, but: %3")
                 .arg(objectName, reason, widget ? widget->toolTip() : QStringLiteral("not to be seen")));
    return isRefused;
}

bool WindowDriver::waitFor(const std::function<bool()> &condition, int seconds)
{
    return QTest::qWaitFor(condition, seconds * 1000);
}

void WindowDriver::screenshot(const QString &name)
{
    const QString folder = qEnvironmentVariable("PENNANT_SCREENSHOTS");
    if (folder.isEmpty())
        return;
    QDir().mkpath(folder);
    QTest::qWait(300); // what was just asked for is painted
    // A dialog is a window of its own: then the whole screen is what a person sees.
    const QPixmap picture = QApplication::activeModalWidget() ? m_window.screen()->grabWindow(0) : m_window.grab();
    picture.save(folder + QLatin1Char('/') + name + QStringLiteral(".png"));
}

void WindowDriver::fail(const QString &why)
{
    if (hasFailed())
        return;
    m_failure = why;
    screenshot(QStringLiteral("failure"));
}

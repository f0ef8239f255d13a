// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/messagingwindowtest.h"

#include "tests/support/rawnats.h"

#include <QAction>
#include <QApplication>
#include <QContextMenuEvent>
#include <QFileDialog>
#include <QJsonDocument>
#include <QLineEdit>
#include <QMenu>
#include <QTableView>
#include <QTest>
#include <QTimer>

namespace {

const QString messagingNamespace = QStringLiteral("pennant-messaging");
const QString password = QStringLiteral("the password of streams-0815");

QAction *actionOf(const QMenu *menu, const QString &text)
{
    const QList<QAction *> actions = menu ? menu->actions() : QList<QAction *>();
    for (QAction *each : actions) {
        if (each->text() == text)
            return each;
    }
    return nullptr;
}

} // namespace

MessagingWindowTest::MessagingWindowTest() = default;
MessagingWindowTest::~MessagingWindowTest() = default;

QString MessagingWindowTest::enableNats(int servers)
{
    openWindow();
    m_driver->click(QStringLiteral("overviewEnableButton"));
    m_driver->press(QStringLiteral("replicasChoice"), QString::number(servers));
    m_driver->choose(QStringLiteral("storageClassCombo"), QStringLiteral("standard"));
    m_driver->type(QStringLiteral("storageEdit"), QStringLiteral("1"));
    m_driver->type(QStringLiteral("clientPasswordEdit"), password);
    m_driver->click(QStringLiteral("enableNatsButton"));
    if (!m_driver->shows(QStringLiteral("Ready"), QStringLiteral("runtimeBadge"), 300))
        return m_driver->failure();
    m_forward = std::make_unique<OtherTools::Forward>(messagingNamespace, QStringLiteral("pod/nats-0"), 4222);
    m_nats =
        std::make_unique<RawNats>(quint16(m_forward->localPort()), QStringLiteral("default"), SecretString(password));
    if (!m_nats->isOpen())
        return QStringLiteral("the independent client can't log in");
    m_nats->subscribe("_INBOX.test");
    return {};
}

void MessagingWindowTest::endClient()
{
    m_nats.reset();
    m_forward.reset();
}

QJsonObject MessagingWindowTest::ask(const QString &subject, const QJsonObject &body) const
{
    const QByteArray payload = body.isEmpty() ? QByteArray() : QJsonDocument(body).toJson(QJsonDocument::Compact);
    const QByteArray said = m_nats->ask("$JS.API." + subject.toUtf8(), "_INBOX.test", payload);
    const auto begin = said.indexOf('{');
    return QJsonDocument::fromJson(said.mid(begin, said.lastIndexOf('}') - begin + 1)).object();
}

QModelIndex MessagingWindowTest::cell(const QString &table, const QString &name, const QString &header) const
{
    const auto *view = m_driver->find<QTableView>(table);
    const QAbstractItemModel *model = view ? view->model() : nullptr;
    for (int row = 0; model && row < model->rowCount(); ++row) {
        if (model->index(row, 1).data().toString() != name)
            continue;
        for (int column = 0; column < model->columnCount(); ++column) {
            if (model->headerData(column, Qt::Horizontal).toString() == header)
                return model->index(row, column);
        }
    }
    return {};
}

bool MessagingWindowTest::comesToBe(
    const QString &table, const QString &name, const QString &header, const QString &wanted)
{
    QString found;
    const bool isThere = m_driver->waitFor([&] {
        found = cell(table, name, header).data().toString();
        return found == wanted;
    });
    if (!isThere)
        qWarning("%s of %s is “%s”", qPrintable(header), qPrintable(name), qPrintable(found));
    return isThere && !m_driver->hasFailed();
}

QMenu *MessagingWindowTest::openRowMenu(const QString &table, const QString &name)
{
    auto *view = m_driver->find<QTableView>(table);
    const QModelIndex index = cell(table, name, QStringLiteral("Name"));
    if (!index.isValid())
        return nullptr;
    view->setCurrentIndex(index);
    const QPoint place = view->visualRect(index).center();
    QContextMenuEvent asked(QContextMenuEvent::Keyboard, place, view->viewport()->mapToGlobal(place));
    QCoreApplication::sendEvent(view->viewport(), &asked);
    QMenu *menu = nullptr;
    m_driver->waitFor([&menu] {
        menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
        return menu != nullptr;
    });
    return menu;
}

bool MessagingWindowTest::chooseFromMenu(const QString &table, const QString &name, const QString &action)
{
    QMenu *menu = openRowMenu(table, name);
    QAction *chosen = actionOf(menu, action);
    if (!chosen || !chosen->isEnabled()) {
        qWarning("%s can't be chosen: %s", qPrintable(action),
            chosen ? qPrintable(chosen->toolTip()) : "it is not in the menu");
        if (menu)
            menu->close();
        return false;
    }
    menu->setActiveAction(chosen);
    QTest::keyClick(menu, Qt::Key_Return);
    return true;
}

QString MessagingWindowTest::whyNot(const QString &table, const QString &name, const QString &action)
{
    QMenu *menu = openRowMenu(table, name);
    const QAction *found = actionOf(menu, action);
    const QString reason = !found ? QStringLiteral("not there") : found->isEnabled() ? QString() : found->toolTip();
    if (menu)
        menu->close();
    return reason;
}

bool MessagingWindowTest::chooseFromNewMenu(const QString &button, const QString &action)
{
    auto *opener = m_driver->find<QWidget>(button);
    bool isChosen = false;
    // the menu opens with a loop of its own: what is done in it is done from there
    QTimer::singleShot(500, this, [&isChosen, &action] {
        auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
        QAction *chosen = actionOf(menu, action);
        isChosen = chosen && chosen->isEnabled();
        if (isChosen) {
            menu->setActiveAction(chosen);
            QTest::keyClick(menu, Qt::Key_Return);
        } else if (menu) {
            menu->close();
        }
    });
    QTest::mouseClick(opener, Qt::LeftButton);
    return m_driver->waitFor([&isChosen] { return isChosen; }, 5);
}

bool MessagingWindowTest::chooseFile(const QString &dialog, const QString &path)
{
    auto *chooser = m_driver->find<QFileDialog>(dialog);
    if (!chooser)
        return false;
    auto *edit = chooser->findChild<QLineEdit *>(QStringLiteral("fileNameEdit"));
    edit->setFocus();
    edit->setText(path); // as pasted: what completes what is typed would take the next key
    const QPointer<QFileDialog> open = chooser;
    QTest::keyClick(edit, Qt::Key_Return);
    const bool isTaken = m_driver->waitFor([&open] { return !open || !open->isVisible(); }, 10);
    if (!isTaken)
        m_driver->screenshot(QStringLiteral("file-not-taken"));
    return isTaken;
}

void MessagingWindowTest::keepPicture(QWidget *window, const QString &name)
{
    const QString folder = qEnvironmentVariable("PENNANT_SCREENSHOTS");
    if (!folder.isEmpty())
        window->grab().save(QStringLiteral("%1/%2.png").arg(folder, name));
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/widgets/objects/madeupmessages.h"

#include "tests/support/messagesfixture.h"
#include "widgets/common/segmentedchoice.h"
#include "widgets/common/switch.h"
#include "widgets/common/tableview.h"
#include "widgets/streams/messagebrowser.h"

#include <QDialog>
#include <QJsonArray>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>

namespace {

using namespace std::chrono_literals;

QByteArray order(int number)
{
    return QStringLiteral("{\"order\":%1,\"customer\":\"c-%2\",\"total\":{\"amount\":\"%3.90\",\"currency\":\"EUR\"},"
                          "\"items\":[{\"sku\":\"TEA-%2\",\"quantity\":%4},{\"sku\":\"CUP-1\",\"quantity\":1}],"
                          "\"note\":\"Grüße aus Köln\"}")
        .arg(100'000 + number)
        .arg(number * 7 % 990)
        .arg(number * 13 % 200)
        .arg(number % 5 + 1)
        .toUtf8();
}

void fill(FakeMessages &messages)
{
    messages.skipTo(9'180);
    const QByteArray headers = "NATS/1.0\r\nNats-Msg-Id: 5e0d64b4-8f0e-4c53-9d5b-6f3c1f0b2a77\r\n"
                               "Content-Type: application/json\r\nTraceparent: 00-0af7651916cd43dd8448eb211c80319c\r\n";
    for (int i = 0; i < 160; ++i) {
        if (i % 9 == 4)
            messages.add(QStringLiteral("orders.eu.payment.failed"), "timeout after 30 s");
        else if (i % 13 == 5)
            messages.add(QStringLiteral("orders.us.invoice.created"),
                QByteArray("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16) + QByteArray(4000, '\7'));
        else
            messages.add(
                i % 2 ? QStringLiteral("orders.eu.created") : QStringLiteral("orders.us.created"), order(i), headers);
        if (i % 17 == 3)
            messages.skipTo(9'181 + quint64(i) + quint64(i) * 3);
    }
}

template <typename T> T *child(QWidget *window, const char *name)
{
    return window->findChild<T *>(QLatin1String(name));
}

void showDialog(MessagesFixture &fixture, QWidget *window, const QString &show)
{
    if (show == QLatin1String("export"))
        child<QPushButton>(window, "exportMessagesButton")->click();
    if (show == QLatin1String("delete"))
        child<QPushButton>(window, "deleteMessageButton")->click();
    if (!show.startsWith(QLatin1String("publish")))
        return;
    child<QPushButton>(window, "publishMessageButton")->click();
    auto *dialog = child<QDialog>(window, "publishDialog");
    dialog->findChild<QLineEdit *>(QStringLiteral("publishSubjectEdit"))->setText(QStringLiteral("orders.eu.created"));
    dialog->findChild<QPlainTextEdit *>(QStringLiteral("publishPayloadEdit"))
        ->setPlainText(QString::fromUtf8(order(7)));
    if (show != QLatin1String("published"))
        return;
    fixture.server().stand(QStringLiteral("orders.eu.created"),
        {{QStringLiteral("stream"), fixture.id.name}, {QStringLiteral("seq"), 9'806}});
    dialog->findChild<QPushButton *>(QStringLiteral("confirmPublishButton"))->click();
}

} // namespace

QWidget *messagesWindow(const QString &show)
{
    auto *fixture = new MessagesFixture;
    if (show != QLatin1String("empty"))
        fill(fixture->messages);
    fixture->start();
    fixture->configure({{QStringLiteral("subjects"), QJsonArray{QStringLiteral("orders.>")}}});
    if (show == QLatin1String("failed")) {
        fixture->base.breakLinks(QStringLiteral("The connection to NATS was lost: no pod answers."));
        fixture->base.passTime(3s);
    }
    auto *window = new MessageBrowser(fixture->service, fixture->base.clock, fixture->id, QStringLiteral("staging"));
    window->show();
    fixture->base.passTime(2s);
    auto *table = child<TableView>(window, "messageTable");
    if (show == QLatin1String("live")) {
        child<Switch>(window, "liveMessagesSwitch")->click();
        fixture->base.passTime(1s);
        for (int i = 0; i < 9; ++i)
            fixture->messages.add(QStringLiteral("orders.eu.created"), order(900 + i));
    }
    if (show == QLatin1String("hex"))
        child<SegmentedChoice>(window, "payloadFaceChoice")->choose(2);
    if (table->model()->rowCount() > 3 && show != QLatin1String("live"))
        table->setCurrentIndex(table->model()->index(table->model()->rowCount() - 4, 0));
    fixture->base.passTime(3s);
    showDialog(*fixture, window, show);
    fixture->base.passTime(2s);
    return window;
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/widgets/gallery/pieces.h"

#include "widgets/common/card.h"
#include "widgets/common/emptystate.h"
#include "widgets/common/filterbox.h"
#include "widgets/common/tableview.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QLabel>
#include <QStandardItemModel>

using namespace Pieces;

namespace {

QStandardItemModel *streamModel(QObject *parent)
{
    auto *model = new QStandardItemModel(parent);
    model->setHorizontalHeaderLabels(
        {text("Account"), text("Name"), text("Subjects"), text("Messages"), text("Bytes"), text("Last message")});
    const char *const rows[][6] = {{"orders", "ORDERS", "orders.>", "48,201,553", "21.4 GiB", "2 s ago"},
        {"orders", "ORDERS_DLQ", "orders-dlq.>", "1,204", "1.8 MiB", "4 h ago"},
        {"orders", "PAYMENTS", "payments.*.settled", "9,318", "6.2 MiB", "now"},
        {"telemetry", "METRICS", "metrics.>", "812,004", "402 MiB", "now"},
        {"telemetry", "TRACES", "traces.>", "155,310,220", "14.9 GiB", "now"},
        {"edge", "DEVICE_EVENTS", "device.*.event", "8,111,311", "1.6 GiB", "1 s ago"}};
    for (int repeat = 0; repeat < 6; ++repeat) {
        for (const auto &cells : rows) {
            QList<QStandardItem *> items;
            for (int column = 0; column < 6; ++column) {
                auto *item = new QStandardItem(text(cells[column]));
                if (column == 3 || column == 4)
                    item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
                if (column == 1)
                    item->setFont(Look::nameFont());
                if (column == 2)
                    item->setFont(Look::fixedFont());
                if (column == 0 || column == 5)
                    item->setForeground(Look::color(Look::SoftText));
                items.append(item);
            }
            model->appendRow(items);
        }
    }
    return model;
}

} // namespace

QWidget *Pieces::tablePage()
{
    QVBoxLayout *left = nullptr;
    QVBoxLayout *right = nullptr;
    QWidget *made = page(left, right);
    auto *filter = new FilterBox(text("Filter streams"));
    filter->setFixedWidth(280);
    auto *accounts = new QComboBox;
    accounts->addItem(text("All accounts"));
    auto *top = row({filter, accounts, new QLabel(text("128 streams · 38.4 GiB"))});
    top->addWidget(button("New stream", "primary"));
    left->addLayout(top);
    auto *card = new Card;
    card->setBodyFlush(true);
    auto *table = new TableView;
    table->setModel(streamModel(table));
    table->resizeColumnsToContents();
    table->sortByColumn(1, Qt::AscendingOrder);
    table->selectRow(1);
    card->body()->addWidget(table);
    left->addWidget(card, 1);
    auto *emptyCard = new Card;
    emptyCard->setBodyFlush(true);
    emptyCard->body()->addWidget(new EmptyState(
        Icons::Name::Consumer, text("No consumers"), text("A consumer reads a stream at its own pace.")));
    right->addWidget(emptyCard);
    return made;
}

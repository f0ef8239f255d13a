// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/widgets/gallery/gallery.h"

#include "widgets/common/banner.h"
#include "widgets/common/card.h"
#include "widgets/common/changeplanrow.h"
#include "widgets/common/confirmbytyping.h"
#include "widgets/common/copyablerow.h"
#include "widgets/common/dangercard.h"
#include "widgets/common/disabledreason.h"
#include "widgets/common/elidinglabel.h"
#include "widgets/common/emptystate.h"
#include "widgets/common/field.h"
#include "widgets/common/fieldrow.h"
#include "widgets/common/filterbox.h"
#include "widgets/common/inlinemessage.h"
#include "widgets/common/meter.h"
#include "widgets/common/secretfield.h"
#include "widgets/common/secretrow.h"
#include "widgets/common/segmentedchoice.h"
#include "widgets/common/sparkline.h"
#include "widgets/common/statusbadge.h"
#include "widgets/common/statusdot.h"
#include "widgets/common/steplist.h"
#include "widgets/common/steprail.h"
#include "widgets/common/switch.h"
#include "widgets/common/tableview.h"
#include "widgets/common/tag.h"
#include "widgets/common/tile.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QMenu>
#include <QProgressBar>
#include <QPushButton>
#include <QRadioButton>
#include <QScrollArea>
#include <QSpinBox>
#include <QStackedWidget>
#include <QStandardItemModel>
#include <QTabBar>
#include <QToolButton>
#include <QToolTip>

#include <cmath>

namespace {

QString text(const char *utf8)
{
    return QString::fromUtf8(utf8);
}

QPushButton *button(const char *label, const char *property = nullptr)
{
    auto *made = new QPushButton(text(label));
    if (property)
        made->setProperty(property, true);
    return made;
}

QList<double> wave(int seed)
{
    QList<double> values;
    for (int i = 0; i < 60; ++i)
        values.append(10 + 4 * std::sin(i / 7.0 + seed) + 2 * std::sin(i * 1.7 * seed));
    return values;
}

QHBoxLayout *row(std::initializer_list<QWidget *> widgets)
{
    auto *layout = new QHBoxLayout;
    layout->setSpacing(Look::spaceS);
    for (QWidget *widget : widgets)
        layout->addWidget(widget);
    layout->addStretch();
    return layout;
}

QWidget *page(QVBoxLayout *&left, QVBoxLayout *&right)
{
    auto *made = new QWidget;
    auto *columns = new QHBoxLayout(made);
    columns->setContentsMargins(Look::pageMargin, Look::pageMargin, Look::pageMargin, Look::pageMargin);
    columns->setSpacing(Look::cardGap);
    left = new QVBoxLayout;
    right = new QVBoxLayout;
    for (QVBoxLayout *column : {left, right})
        column->setSpacing(Look::cardGap);
    columns->addLayout(left, 3);
    columns->addLayout(right, 2);
    return made;
}

Card *connectionCard()
{
    auto *card = new Card(text("Connection"));
    auto *choice = new SegmentedChoice;
    for (const char *label : {"Parameters", "Client URL", "Examples"})
        choice->addChoice(text(label));
    card->addHeaderWidget(choice);
    card->body()->addWidget(new CopyableRow(text("Host"), text("nats.pennant-messaging.svc.cluster.local")));
    card->body()->addWidget(new CopyableRow(text("Port"), text("4222")));
    auto *secret = new SecretRow(text("Password"));
    secret->setSecret(SecretString(text("not-a-real-password")));
    card->body()->addWidget(secret);
    auto *shown = new SecretRow(text("Token"));
    shown->setSecret(SecretString(text("shown-on-purpose-0O1lI")));
    shown->setRevealed(true);
    card->body()->addWidget(shown);
    auto *url = new CopyableRow(text("WebSocket URL"), text("ws://nats.pennant-messaging.svc.cluster.local:8080"));
    url->setLineBelow(false);
    card->body()->addWidget(url);
    card->body()->setSpacing(0);
    card->body()->addSpacing(10);
    card->body()->addLayout(row({button("Test connection"), button("Copy as Secret reference")}));
    return card;
}

Card *usageCard()
{
    auto *card = new Card(text("Usage"));
    card->setHeaderText(text("38.4 of 80 GiB"));
    for (const auto &[tone, value] : {std::pair(Tone::Accent, 0.48), {Tone::Warning, 0.86}, {Tone::Bad, 0.98}}) {
        auto *meter = new Meter;
        meter->setTone(tone);
        meter->setValue(value);
        card->body()->addWidget(meter);
    }
    auto *progress = new QProgressBar;
    progress->setTextVisible(false);
    progress->setValue(40);
    card->body()->addWidget(progress);
    card->body()->addLayout(row({new StatusBadge(Tone::Good, text("Ready")),
        new StatusBadge(Tone::Accent, text("Provisioning")), new StatusBadge(Tone::Warning, text("Pending")),
        new StatusBadge(Tone::Bad, text("Failed")), new StatusBadge(Tone::Neutral, text("Absent"))}));
    card->body()->addLayout(row({new Tag(text("PROD"), Tone::Bad), new Tag(text("STAGE"), Tone::Warning),
        new Tag(text("LOCAL")), new Tag(text("KV"), Tone::Accent), new StatusDot(Tone::Good), new QLabel(text("Live")),
        new StatusDot(Tone::Warning), new QLabel(text("Stale")), new StatusDot, new QLabel(text("offline"))}));
    return card;
}

QWidget *overviewPage()
{
    QVBoxLayout *left = nullptr;
    QVBoxLayout *right = nullptr;
    QWidget *columns = page(left, right);
    left->addWidget(connectionCard());
    left->addStretch();
    right->addWidget(usageCard());
    right->addWidget(new DangerCard(text("Disable NATS"),
        text("Removes 4 accounts, 128 streams, 341 consumers, 212,904,118 messages and every credential."),
        text("Disable…")));
    right->addStretch();

    auto *tiles = new QHBoxLayout;
    tiles->setContentsMargins(Look::pageMargin, Look::pageMargin, Look::pageMargin, 0);
    tiles->setSpacing(Look::cardGap);
    const char *const figures[][3] = {{"CPU", "0.41", "cores"}, {"Memory", "612", "MiB"},
        {"Connections", "1,284", "of 65,536"}, {"Messages in / out", "18.2k", "/ 54.6k per s"}};
    int seed = 1;
    for (const auto &figure : figures) {
        auto *tile = new Tile(text(figure[0]));
        tile->setFigure(text(figure[1]), text(figure[2]));
        tile->setValues(wave(seed++));
        tiles->addWidget(tile);
    }
    auto *unknown = new Tile(text("Slow consumers"));
    unknown->setUnknown(text("Not scraped yet"));
    tiles->addWidget(unknown);

    auto *made = new QWidget;
    auto *layout = new QVBoxLayout(made);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto *banner = new Banner;
    banner->setMessage(Tone::Warning, text("Stale since 09:41: connection refused. What you see is 12 s old."));
    banner->setAction(text("Try now"));
    layout->addWidget(banner);
    layout->addLayout(tiles);
    layout->addWidget(columns, 1);
    return made;
}

QWidget *stepsPage()
{
    using State = RuntimeStep::State;
    auto *rail = new StepRail;
    rail->setSteps({{text("NATS runtime"), text("Ready"), StepRail::State::Done},
        {text("First stream"), text("Create one to go on"), StepRail::State::Current},
        {text("First consumer"), text("Needs a stream"), StepRail::State::Locked}});
    QVBoxLayout *left = nullptr;
    QVBoxLayout *right = nullptr;
    QWidget *columns = page(left, right);

    auto *card = new Card(text("Provisioning the runtime"));
    card->setHeaderText(text("step 5 of 8 · 0:14"));
    auto *meter = new Meter;
    meter->setValue(0.58);
    card->body()->addWidget(meter);
    auto *steps = new StepList;
    using std::chrono::milliseconds;
    steps->setSteps({{text("a"), text("Permissions and storage class checked"), State::Done, milliseconds(200), {}},
        {text("b"), text("Namespace and secrets written"), State::Done, milliseconds(300), {}},
        {text("c"), text("StatefulSet written, 3 replicas"), State::Done, milliseconds(64'000), {}},
        {text("d"), text("Volumes bound and pods started"), State::Current, milliseconds(12'000),
            text("nats-2 waits: 0/3 nodes are available: 1 node had volume node affinity conflict. Kubernetes tries "
                 "again by itself.")},
        {text("e"), text("Cluster formed, leader elected"), State::Failed, milliseconds(1000),
            text("No leader after 60 s.")},
        {text("f"), text("Default application account ready"), State::Waiting, {}, {}},
        {text("g"), text("Client login verified"), State::Waiting, {}, {}}});
    card->body()->addWidget(steps);
    left->addWidget(card);
    left->addStretch();

    auto *plan = new Card(text("Change plan"));
    plan->setHeaderText(text("2 changes · about 2 min"));
    plan->body()->setSpacing(0);
    plan->body()->addWidget(
        new ChangePlanRow(Tone::Accent, text("Volume growth"), text("JetStream storage 80 → 120 Gi"),
            text("3 claims expand online; the server limit follows when all three report the new size. No client is "
                 "disconnected. Can’t be undone.")));
    plan->body()->addWidget(new ChangePlanRow(Tone::Warning, text("Rolling restart"), text("WebSocket off → on"),
        text("One pod at a time, the next only when all 128 streams are current.")));
    plan->body()->addSpacing(10);
    auto *end = row({button("Show manifests")});
    end->addWidget(button("Discard"));
    end->addWidget(button("Apply 2 changes", "primary"));
    plan->body()->addLayout(end);
    right->addWidget(plan);
    for (const Tone tone : {Tone::Neutral, Tone::Accent, Tone::Good, Tone::Warning, Tone::Bad}) {
        auto *message = new InlineMessage(tone, text("The stream was not created"));
        message->setMessage(tone, text("The stream was not created"),
            text("The account is at its limit of 10 streams. Raise the limit or delete a stream."),
            tone == Tone::Bad
                ? text("{\"code\":400,\"err_code\":10027,\"description\":\"maximum number of streams reached\"}")
                : QString());
        message->setClosable(tone == Tone::Accent);
        if (tone == Tone::Bad) {
            message->setAction(text("Edit the account"));
            message->setDetailShown(true);
        }
        right->addWidget(message);
    }
    right->addStretch();

    auto *made = new QWidget;
    auto *layout = new QVBoxLayout(made);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto *railLine = new QHBoxLayout;
    railLine->setContentsMargins(Look::pageMargin, Look::pageMargin, Look::pageMargin, 0);
    railLine->addWidget(rail);
    layout->addLayout(railLine);
    layout->addWidget(columns, 1);
    return made;
}

Card *formCard()
{
    auto *card = new Card(text("Configuration"));
    auto *fields = new FieldRow(200);
    auto *storageClass = new QLineEdit(text("fast-ssd"));
    storageClass->setReadOnly(true);
    auto *classField = new Field(text("Storage class"), storageClass);
    classField->setHint(text("Can grow · bound at first use"));
    fields->addField(classField, true);
    auto *storage = new QSpinBox;
    storage->setRange(1, 65'536);
    storage->setValue(120);
    auto *storageField = new Field(text("JetStream storage"), storage);
    storageField->setUnit(text("Gi"));
    storageField->setHint(text("was 80 Gi · 38.4 Gi in use"));
    fields->addField(storageField);
    auto *replicas = new SegmentedChoice;
    for (const int count : {1, 3, 5})
        replicas->addChoice(QString::number(count), count);
    replicas->setCurrentIndex(1);
    replicas->setChoiceEnabled(2, false, text("The cluster has 3 nodes"));
    auto *replicaField = new Field(text("Replica count"), replicas);
    replicaField->setHint(text("Quorum of 2 · survives one lost pod"));
    fields->addField(replicaField);
    auto *name = new QLineEdit(text("orders.*.>"));
    auto *nameField = new Field(text("Name"), name);
    nameField->setError(text("A name holds no dots, stars or spaces. Take letters, digits, - and _."));
    fields->addField(nameField);
    auto *account = new QComboBox;
    account->addItems({text("orders"), text("telemetry")});
    fields->addField(new Field(text("Account"), account));
    auto *password = new SecretField;
    password->setSecret(SecretString(text("not-a-real-password-24ch")));
    fields->addField(new Field(text("Client password"), password), true);
    card->body()->addWidget(fields);
    return card;
}

Card *controlsCard()
{
    auto *card = new Card(text("Controls"));
    auto *disabled = button("Purge…");
    setDisabledReason(disabled, text("You may only read this cluster."));
    auto *disabledPrimary = button("New stream", "primary");
    disabledPrimary->setEnabled(false);
    card->body()->addLayout(row({button("Edit"), button("New stream", "primary"), button("Purge…", "danger"),
        button("Settings ›", "flat"), disabled, disabledPrimary}));
    auto *deleteButton = button("Delete ORDERS", "danger");
    deleteButton->setProperty("primary", true);
    auto *following = button("Following");
    following->setCheckable(true);
    following->setChecked(true);
    following->setIcon(Icons::icon(Icons::Name::ArrowDown, Look::Accent));
    auto *download = button("Download");
    download->setIcon(Icons::icon(Icons::Name::Download));
    auto *more = new QToolButton;
    more->setIcon(Icons::icon(Icons::Name::More));
    more->setAutoRaise(true);
    card->body()->addLayout(row({deleteButton, following, download, more}));
    auto *listener = new Switch(text("WebSocket listener"));
    listener->setChecked(true);
    auto *fixed = new Switch(text("Fixed"));
    fixed->setEnabled(false);
    card->body()->addLayout(row({listener, new Switch(text("Off")), fixed}));
    auto *checked = new QCheckBox(text("Allow direct get"));
    checked->setChecked(true);
    auto *fixedCheck = new QCheckBox(text("Deny purge"));
    fixedCheck->setEnabled(false);
    auto *radio = new QRadioButton(text("Pull"));
    radio->setChecked(true);
    card->body()->addLayout(
        row({checked, new QCheckBox(text("Deny delete")), fixedCheck, radio, new QRadioButton(text("Push"))}));
    auto *filter = new FilterBox(text("Filter clusters"));
    filter->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_F));
    auto *found = new FilterBox(text("Find"));
    found->setText(text("Slow Consumer"));
    found->setResultText(text("3 of 118"));
    card->body()->addWidget(filter);
    card->body()->addWidget(found);
    auto *elided = new ElidingLabel(text("telemetry › TRACES: catchup for stream on nats-2 stalled, 4,102 behind and "
                                         "more words than fit here, surely so"));
    card->body()->addWidget(elided);
    return card;
}

QWidget *iconsRow()
{
    auto *made = new QWidget;
    auto *layout = new QHBoxLayout(made);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Look::spaceXs);
    for (int i = 0; i <= int(Icons::Name::Ring); ++i) {
        auto *label = new QLabel;
        label->setPixmap(Icons::icon(Icons::Name(i)).pixmap(16));
        layout->addWidget(label);
    }
    layout->addStretch();
    return made;
}

QWidget *formPage()
{
    QVBoxLayout *left = nullptr;
    QVBoxLayout *right = nullptr;
    QWidget *made = page(left, right);
    left->addWidget(formCard());
    left->addWidget(controlsCard());
    left->addWidget(iconsRow());
    left->addStretch();
    auto *empty = new EmptyState(Icons::Name::Stream, text("No streams yet"),
        text("A stream stores the messages of its subjects until consumers have read them."));
    empty->setAction(text("New stream"));
    empty->setActionReason(text("Needs the runtime to be ready."));
    auto *card = new Card;
    card->body()->addWidget(empty);
    right->addWidget(card, 1);
    return made;
}

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

QWidget *tablePage()
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
    auto *emptyTable = new TableView;
    auto *emptyModel = new QStandardItemModel(0, 3, emptyTable);
    emptyModel->setHorizontalHeaderLabels({text("Pod"), text("CPU"), text("Memory")});
    emptyTable->setModel(emptyModel);
    emptyTable->setEmptyWidget(new EmptyState(
        Icons::Name::Consumer, text("No consumers"), text("A consumer reads a stream at its own pace.")));
    emptyCard->body()->addWidget(emptyTable);
    right->addWidget(emptyCard);
    return made;
}

} // namespace

Gallery::Gallery()
    : m_tabs(new QTabBar)
    , m_pages(new QStackedWidget)
{
    setWindowTitle(text("Pennant: pieces"));
    const char *const names[] = {"Overview", "Steps", "Form", "Table"};
    for (const char *name : names)
        m_tabs->addTab(text(name));
    m_tabs->setTabData(3, text("128"));
    m_tabs->setExpanding(false);
    m_tabs->setDrawBase(true);
    m_pages->addWidget(overviewPage());
    m_pages->addWidget(stepsPage());
    m_pages->addWidget(formPage());
    m_pages->addWidget(tablePage());

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_tabs);
    auto *scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setWidget(m_pages);
    layout->addWidget(scroll, 1);
    connect(m_tabs, &QTabBar::currentChanged, m_pages, &QStackedWidget::setCurrentIndex);
}

void Gallery::showPage(int index)
{
    m_tabs->setCurrentIndex(index);
}

void Gallery::moveFocus(int times)
{
    setAttribute(Qt::WA_KeyboardFocusChange, times > 0);
    for (int i = 0; i < times; ++i)
        focusNextChild();
}

void Gallery::open(const QString &what)
{
    if (what == text("confirm")) {
        auto *dialog = new ConfirmByTyping(
            {text("Disable NATS"),
                text("The runtime and all that it holds is removed from prod-eu-1. It can’t be undone."),
                {text("4 accounts and their credentials"), text("128 streams with 212,904,118 messages"),
                    text("341 consumers")},
                text("prod-eu-1"), text("Disable NATS")},
            this);
        dialog->open();
    } else if (what == text("menu")) {
        auto *menu = new QMenu(this);
        menu->addAction(Icons::icon(Icons::Name::Edit), text("Edit…"), QKeySequence(Qt::Key_F2));
        menu->addAction(text("Clone…"));
        auto *follow = menu->addAction(text("Follow"));
        follow->setCheckable(true);
        follow->setChecked(true);
        menu->addSeparator();
        menu->addMenu(text("Copy as"))->addAction(text("JSON"));
        menu->addAction(text("Seal…"))->setEnabled(false);
        menu->addAction(Icons::icon(Icons::Name::Trash, Look::Bad), text("Delete…"), QKeySequence::Delete);
        menu->popup(mapToGlobal(QPoint(200, 200)));
        menu->setActiveAction(menu->actions().first());
    } else if (what == text("combo")) {
        m_pages->currentWidget()->findChild<QComboBox *>()->showPopup();
    } else if (what == text("tip")) {
        QToolTip::showText(mapToGlobal(QPoint(200, 200)), text("You may only read this cluster."), this);
    }
}

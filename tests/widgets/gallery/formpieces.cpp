// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/widgets/gallery/pieces.h"

#include "widgets/common/card.h"
#include "widgets/common/disabledreason.h"
#include "widgets/common/elidinglabel.h"
#include "widgets/common/emptystate.h"
#include "widgets/common/field.h"
#include "widgets/common/fieldrow.h"
#include "widgets/common/filterbox.h"
#include "widgets/common/secretfield.h"
#include "widgets/common/segmentedchoice.h"
#include "widgets/common/switch.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QRadioButton>
#include <QSpinBox>
#include <QToolButton>

using namespace Pieces;

namespace {

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
    storage->setSuffix(text(" GiB"));
    auto *storageField = new Field(text("JetStream storage"), storage);
    storageField->setHint(text("was 80 GiB · 38.4 GiB in use"));
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

} // namespace

QWidget *Pieces::formPage()
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

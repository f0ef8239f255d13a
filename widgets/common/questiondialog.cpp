// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/questiondialog.h"

#include "widgets/common/look.h"
#include "widgets/common/painting.h"
#include "widgets/common/words.h"
#include "widgets/common/wrappinglabel.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace {

constexpr int smallestWidth = 460;

} // namespace

QuestionDialog::QuestionDialog(const QString &title, const QString &text, QWidget *parent)
    : QDialog(parent)
    , m_body(new QVBoxLayout)
{
    setWindowModality(Qt::WindowModal);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(title);
    setAccessibleDescription(text);
    setBackgroundRole(QPalette::Base);
    setMinimumWidth(smallestWidth);
    auto *heading = new WrappingLabel(this);
    heading->setText(breakable(title));
    heading->setFont(Look::sectionFont());
    auto *words = new WrappingLabel(this);
    words->setText(breakable(text));
    words->setVisible(!text.isEmpty());
    setTextRole(words, Look::SoftText);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Look::spaceL, Look::spaceL, Look::spaceL, Look::spaceL);
    layout->setSpacing(Look::spaceS);
    layout->addWidget(heading);
    layout->addWidget(words);
    m_body->setSpacing(Look::spaceS);
    layout->addLayout(m_body);
}

bool QuestionDialog::event(QEvent *event)
{
    const bool isHandled = QDialog::event(event);
    // what wraps asks for more height only once it is said
    if (event->type() == QEvent::LayoutRequest && isVisible()) {
        const int needed = layout()->totalHeightForWidth(width());
        if (needed > height())
            resize(width(), needed);
    }
    return isHandled;
}

void QuestionDialog::addButtons(QPushButton *first, QPushButton *last)
{
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(first);
    buttons->addWidget(last);
    auto *all = static_cast<QVBoxLayout *>(layout());
    all->addSpacing(Look::spaceS);
    all->addLayout(buttons);
    setTabOrder(first, last);
}

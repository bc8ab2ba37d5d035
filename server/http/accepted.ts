/** The answer of a write that was not carried out, since somebody else has to say yes to it first: 202. */
export class Accepted<Answer> {
  readonly answer: Answer

  constructor(answer: Answer) {
    this.answer = answer
  }
}

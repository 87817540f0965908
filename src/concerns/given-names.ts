/**
 * Common given names of many countries, in Latin letters without accents, less those that are English words too
 * (Grace, Mark, Will). They are looked for in small letters as well, where no capital gives them away.
 */
export const GIVEN_NAMES: ReadonlySet<string> = new Set(
  `aaron abdul abdullah abigail adam adrian agnes ahmed aisha akira alan albert alejandro alessandro alex
  alexander alexandra alexis ali alice alicia alina amanda amelia amir amy ana anastasia andrea andreas andrew
  andrzej angela anita anja anjali ann anna anne anthony antonio arjun arthur ashley ayesha barbara beatriz ben
  benjamin bernard beth bianca brandon brenda brian camila carla carlos carmen caroline catherine cecilia
  charles charlotte chloe chris christina christine christopher claire clara claudia connor cynthia
  daniel daniela david deborah deepak denise dennis diana diego dmitri dominik donald donna dorothy douglas
  edward eduardo elena eli elizabeth ella ellen emily emma emre enrique eric erik ethan eva evelyn fatima
  felix fernando fiona francesca francesco francisco fred gabriel gabriela gareth gary george gerald giovanni
  giulia greg gregory guillermo gustavo hannah hans harold hassan heather helen helena henry hiroshi hugo ian
  ibrahim ingrid irina isaac isabel isabella ivan jacob jake james jamie jan jane janet jason javier jeff
  jeffrey jennifer jeremy jerry jesse jessica jim joan joanna joao joe johannes john jonas jonathan jorge jose
  joseph joshua juan juana judith julia julian julie jurgen justin kamala karen karl katarzyna kate katherine
  kathleen katie keith kelly kenji kenneth kevin khalid kim kimberly klaus krzysztof kumar lakshmi larissa
  larry laura lauren leila lena leo leon leonardo leonie liam linda lisa luca lucas lucia lucy luis luisa
  lukas maggie manuel marcel marco marcus margaret maria mariam mariana marie mario marta martha martin mary
  mateo matteo matthew mehmet mei mia michael michelle miguel mikhail mohamed mohammed monica monika muhammad
  mustafa nadia nancy natalia natalie natasha nathan nguyen nicholas nicole nikolai nina noah olga oliver
  olivia omar oscar otto pablo pamela patricia patrick paul paula paulo pedro peter philip philippe pierre
  priya rachel rafael rahul rajesh ralph ramon raymond rebecca ricardo richard robert roberto roger ronald
  rosa roxana russell ruth ryan sabine sakura samantha samuel sandeep sandra sanjay santiago sara sarah
  scott sebastian sergei sergio shannon sharon sofia sonia sophia sophie stefan stefanie stephanie stephen
  steve steven sunita susan svetlana tanya tatiana teresa theo theresa thomas tiago tim timothy tomas tyler
  ursula valentina vanessa vera veronica victoria vijay vincent vladimir walter wei wendy wolfgang
  xavier yasmin yolanda yuki yusuf zachary zainab zoe`.split(/\s+/),
);
